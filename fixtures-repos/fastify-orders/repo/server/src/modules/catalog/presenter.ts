import type { ProductBody, StockMovementBody } from '../../../../contracts/catalog.ts';
import { money } from '../../core/money.ts';
import { timestamp } from '../../core/timestamps.ts';
import type { Shop } from '../shops/entities.ts';
import type { Product, StockMovement } from './entities.ts';

export function presentProduct(product: Product, shop: Shop): ProductBody {
  return {
    id: product.publicId,
    sku: product.sku,
    name: product.name,
    slug: product.slug,
    price: money(product.price, shop.currency),
    stock: product.stock,
    low_stock: product.stock <= product.lowStockThreshold,
    low_stock_threshold: product.lowStockThreshold,
    archived: Boolean(product.archivedAt),
    created_at: timestamp(product.createdAt),
  };
}

export function presentMovement(movement: StockMovement): StockMovementBody {
  const { actor } = movement;
  return {
    delta: movement.delta,
    reason: movement.reason,
    reference: movement.reference ?? null,
    actor: actor ? { id: actor.publicId, name: actor.name } : null,
    created_at: timestamp(movement.createdAt),
  };
}
