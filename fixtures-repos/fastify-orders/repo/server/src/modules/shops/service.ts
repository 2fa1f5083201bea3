import type { EntityManager } from '@mikro-orm/sql';
import { Conflict, NotFound } from '../../core/errors.ts';
import { slugOf } from '../../core/text.ts';
import { transaction } from '../../db/transaction.ts';
import type { User } from '../accounts/entities.ts';
import { findUserByEmail } from '../accounts/repository.ts';
import { recordEvent } from '../audit/record-event.ts';
import { Membership, Shop } from './entities.ts';
import { countOwners, findMembership, isSlugTaken } from './repository.ts';
import type { Role } from './roles.ts';
import type { NewShop, ShopChanges } from './schemas.ts';

async function freeSlug(em: EntityManager, name: string): Promise<string> {
  const wanted = slugOf(name);
  for (let suffix = 1; suffix <= 50; suffix += 1) {
    const slug = suffix === 1 ? wanted : `${wanted}-${suffix}`;
    if (!(await isSlugTaken(em, slug))) {
      return slug;
    }
  }
  throw new Conflict('shop_name_taken', 'Too many shops have this name.', { field: 'name' });
}

export async function createShop(
  em: EntityManager,
  { actor, input }: { actor: User; input: NewShop },
): Promise<Membership> {
  return transaction(em, async () => {
    const shop = em.create(Shop, {
      name: input.name,
      slug: await freeSlug(em, input.name),
      currency: input.currency,
      taxBasisPoints: input.tax_rate,
      alertEmail: input.alert_email ?? null,
    });
    const membership = em.create(Membership, { shop, user: actor, role: 'owner' });
    await em.flush();
    recordEvent(em, { shop, actor, action: 'shop.created', subject: shop.publicId });
    return membership;
  });
}

export async function updateShop(
  em: EntityManager,
  { actor, shop, input }: { actor: User; shop: Shop; input: ShopChanges },
): Promise<Shop> {
  return transaction(em, async () => {
    if (input.name !== undefined) {
      shop.name = input.name;
    }
    if (input.tax_rate !== undefined) {
      shop.taxBasisPoints = input.tax_rate;
    }
    if (input.alert_email !== undefined) {
      shop.alertEmail = input.alert_email;
    }
    recordEvent(em, {
      shop,
      actor,
      action: 'shop.updated',
      subject: shop.publicId,
      data: { fields: Object.keys(input) },
    });
    return shop;
  });
}

export async function addStaff(
  em: EntityManager,
  { actor, shop, email, role }: { actor: User; shop: Shop; email: string; role: Role },
): Promise<Membership> {
  return transaction(em, async () => {
    const user = await findUserByEmail(em, email);
    if (user === null) {
      throw new NotFound('user_not_found', 'Nobody has an account with this e-mail address.');
    }
    if ((await findMembership(em, { shopId: shop.publicId, user })) !== null) {
      throw new Conflict('already_staff', 'This person already belongs to the shop.', {
        field: 'email',
      });
    }
    const member = em.create(Membership, { shop, user, role });
    recordEvent(em, {
      shop,
      actor,
      action: 'staff.added',
      subject: user.publicId,
      data: { role },
    });
    return member;
  });
}

async function ensureOtherOwner(em: EntityManager, shop: Shop): Promise<void> {
  if ((await countOwners(em, { shop })) < 2) {
    throw new Conflict('last_owner', 'A shop needs at least one owner.');
  }
}

export async function changeRole(
  em: EntityManager,
  { actor, member, role }: { actor: User; member: Membership; role: Role },
): Promise<Membership> {
  return transaction(em, async () => {
    if (member.role === 'owner' && role !== 'owner') {
      await ensureOtherOwner(em, member.shop);
    }
    const before = member.role;
    member.role = role;
    recordEvent(em, {
      shop: member.shop,
      actor,
      action: 'staff.role_changed',
      subject: member.user.publicId,
      data: { from: before, to: role },
    });
    return member;
  });
}

export async function removeStaff(
  em: EntityManager,
  { actor, member }: { actor: User; member: Membership },
): Promise<void> {
  await transaction(em, async () => {
    if (member.role === 'owner') {
      await ensureOtherOwner(em, member.shop);
    }
    em.remove(member);
    recordEvent(em, {
      shop: member.shop,
      actor,
      action: 'staff.removed',
      subject: member.user.publicId,
      data: { role: member.role },
    });
  });
}
