import type { FilterQuery } from '@mikro-orm/core';
import { raw } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import { NotFound } from '../../core/errors.ts';
import { textKey } from '../../core/text.ts';
import type { Shop } from '../shops/entities.ts';
import { Product, StockMovement } from './entities.ts';

export async function getProduct(
  em: EntityManager,
  { shop, productId }: { shop: Shop; productId: string },
): Promise<Product> {
  const product = await em.findOne(Product, { shop, publicId: productId });
  if (product === null) {
    throw new NotFound('product_not_found', 'There is no such product.');
  }
  return product;
}

export async function findProducts(
  em: EntityManager,
  { shop, productIds }: { shop: Shop; productIds: readonly string[] },
): Promise<Map<string, Product>> {
  const products = await em.find(Product, { shop, publicId: { $in: [...productIds] } });
  return new Map(products.map((product) => [product.publicId, product]));
}

export function productFilter({
  shop,
  q,
  archived,
  lowStock,
}: {
  shop: Shop;
  q?: string | undefined;
  archived: boolean;
  lowStock: boolean;
}): FilterQuery<Product> {
  const key = q === undefined ? '' : textKey(q);
  return {
    $and: [
      { shop, archivedAt: archived ? { $ne: null } : null },
      key ? { $or: [{ skuKey: { $like: `${key}%` } }, { slug: { $like: `%${key}%` } }] } : {},
      lowStock ? { stock: { $lte: raw('low_stock_threshold') } } : {},
    ],
  };
}

export async function isSkuTaken(
  em: EntityManager,
  { shop, sku, except }: { shop: Shop; sku: string; except?: Product },
): Promise<boolean> {
  const others = except ? { id: { $ne: except.id } } : {};
  return (await em.count(Product, { shop, skuKey: textKey(sku), ...others })) > 0;
}

export async function isProductSlugTaken(
  em: EntityManager,
  { shop, slug }: { shop: Shop; slug: string },
): Promise<boolean> {
  return (await em.count(Product, { shop, slug })) > 0;
}

export async function listMovements(
  em: EntityManager,
  { product, before, limit }: { product: Product; before: Date | null; limit: number },
) {
  return em.find(
    StockMovement,
    { product, ...(before ? { createdAt: { $lt: before } } : {}) },
    { populate: ['actor'], orderBy: { createdAt: 'desc', id: 'desc' }, limit },
  );
}
