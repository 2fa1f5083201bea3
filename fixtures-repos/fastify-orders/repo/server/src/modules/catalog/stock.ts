import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import { Conflict } from '../../core/errors.ts';
import { afterCommit } from '../../jobs/after-commit.ts';
import { lowStockAlert } from '../../jobs/definitions.ts';
import { jobSettings } from '../../jobs/queues.ts';
import type { User } from '../accounts/entities.ts';
import { type MovementReason, Product, StockMovement } from './entities.ts';

export interface StockChange {
  readonly product: Product;
  readonly quantity: number;
  readonly reason: MovementReason;
  readonly reference: string | null;
  readonly actor: User | null;
}

export async function takeStock(em: EntityManager, change: StockChange): Promise<void> {
  const { product, quantity } = change;
  const taken = await em.nativeUpdate(
    Product,
    { id: product.id, stock: { $gte: quantity } },
    { stock: raw('stock - ?', [quantity]) },
  );
  if (taken === 0) {
    await em.refresh(product);
    throw new Conflict('out_of_stock', `Only ${product.stock} of ${product.sku} are left.`, {
      details: { sku: product.sku, available: product.stock, wanted: quantity },
    });
  }
  await settle(em, change, -quantity);
  const before = product.stock + quantity;
  if (product.stock <= product.lowStockThreshold && before > product.lowStockThreshold) {
    const alert = { id: `low-stock.${product.publicId}`, delay: jobSettings().lowStockDelayMs };
    await afterCommit(em, lowStockAlert, { productId: product.publicId }, alert);
  }
}

export async function returnStock(em: EntityManager, change: StockChange): Promise<void> {
  const { product, quantity } = change;
  await em.nativeUpdate(Product, { id: product.id }, { stock: raw('stock + ?', [quantity]) });
  await settle(em, change, quantity);
}

async function settle(em: EntityManager, change: StockChange, delta: number): Promise<void> {
  const { product, reason, reference, actor } = change;
  await em.refresh(product);
  em.create(StockMovement, { product, delta, reason, reference, actor });
}
