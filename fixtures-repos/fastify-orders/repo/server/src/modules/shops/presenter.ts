import type { ShopBody, StaffBody } from '../../../../contracts/shops.ts';
import { timestamp } from '../../core/timestamps.ts';
import type { Membership, Shop } from './entities.ts';
import type { Role } from './roles.ts';

export function presentShop(shop: Shop, role: Role): ShopBody {
  return {
    id: shop.publicId,
    name: shop.name,
    slug: shop.slug,
    currency: shop.currency,
    tax_rate: (shop.taxBasisPoints / 100).toFixed(2),
    alert_email: shop.alertEmail ?? null,
    my_role: role,
    created_at: timestamp(shop.createdAt),
  };
}

export function presentStaff({ user, role, createdAt }: Membership): StaffBody {
  return {
    id: user.publicId,
    name: user.name,
    email: user.email,
    role,
    since: timestamp(createdAt),
  };
}
