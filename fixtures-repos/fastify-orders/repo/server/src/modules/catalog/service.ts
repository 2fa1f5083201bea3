import type { EntityManager } from '@mikro-orm/sql';
import { now } from '../../core/clock.ts';
import { Conflict, InvalidState } from '../../core/errors.ts';
import { slugOf, textKey } from '../../core/text.ts';
import { transaction } from '../../db/transaction.ts';
import type { User } from '../accounts/entities.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Shop } from '../shops/entities.ts';
import { Product } from './entities.ts';
import { isProductSlugTaken, isSkuTaken } from './repository.ts';
import type { NewProduct, ProductChanges, StockAdjustment } from './schemas.ts';
import { returnStock, takeStock } from './stock.ts';

async function freeProductSlug(em: EntityManager, shop: Shop, name: string): Promise<string> {
  const wanted = slugOf(name);
  let slug = wanted;
  for (let suffix = 2; await isProductSlugTaken(em, { shop, slug }); suffix += 1) {
    slug = `${wanted}-${suffix}`;
  }
  return slug;
}

async function ensureFreeSku(em: EntityManager, shop: Shop, sku: string, except?: Product) {
  if (await isSkuTaken(em, { shop, sku, ...(except ? { except } : {}) })) {
    throw new Conflict('sku_taken', 'Another product of the shop has this SKU.', { field: 'sku' });
  }
}

export function ensureSellable(product: Product): void {
  if (product.archivedAt) {
    throw new InvalidState('product_archived', `${product.sku} is archived.`, {
      details: { sku: product.sku },
    });
  }
}

export async function createProduct(
  em: EntityManager,
  { actor, shop, input }: { actor: User; shop: Shop; input: NewProduct },
): Promise<Product> {
  return transaction(em, async () => {
    await ensureFreeSku(em, shop, input.sku);
    const product = em.create(Product, {
      shop,
      sku: input.sku,
      skuKey: textKey(input.sku),
      name: input.name,
      slug: await freeProductSlug(em, shop, input.name),
      price: input.price,
      lowStockThreshold: input.low_stock_threshold,
    });
    await em.flush();
    if (input.stock > 0) {
      const change = { product, quantity: input.stock, reference: null, actor };
      await returnStock(em, { ...change, reason: 'received' });
    }
    recordEvent(em, { shop, actor, action: 'product.created', subject: product.publicId });
    return product;
  });
}

export async function updateProduct(
  em: EntityManager,
  { actor, product, input }: { actor: User; product: Product; input: ProductChanges },
): Promise<Product> {
  return transaction(em, async () => {
    ensureSellable(product);
    if (input.sku !== undefined) {
      await ensureFreeSku(em, product.shop, input.sku, product);
      product.sku = input.sku;
      product.skuKey = textKey(input.sku);
    }
    if (input.name !== undefined) {
      product.name = input.name;
    }
    if (input.price !== undefined) {
      product.price = input.price;
    }
    if (input.low_stock_threshold !== undefined) {
      product.lowStockThreshold = input.low_stock_threshold;
    }
    recordEvent(em, {
      shop: product.shop,
      actor,
      action: 'product.updated',
      subject: product.publicId,
      data: { fields: Object.keys(input) },
    });
    return product;
  });
}

export async function archiveProduct(
  em: EntityManager,
  { actor, product }: { actor: User; product: Product },
): Promise<Product> {
  return transaction(em, async () => {
    ensureSellable(product);
    product.archivedAt = now();
    recordEvent(em, {
      shop: product.shop,
      actor,
      action: 'product.archived',
      subject: product.publicId,
    });
    return product;
  });
}

export async function adjustStock(
  em: EntityManager,
  { actor, product, input }: { actor: User; product: Product; input: StockAdjustment },
): Promise<Product> {
  return transaction(em, async () => {
    const quantity = Math.abs(input.delta);
    const change = { product, quantity, reason: input.reason, reference: null, actor };
    await (input.delta < 0 ? takeStock(em, change) : returnStock(em, change));
    recordEvent(em, {
      shop: product.shop,
      actor,
      action: 'stock.adjusted',
      subject: product.publicId,
      data: { delta: input.delta, reason: input.reason },
    });
    return product;
  });
}
