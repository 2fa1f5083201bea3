import type { FastifyInstance } from 'fastify';
import { parsed } from '../../core/input.ts';
import { page, paginate } from '../../core/pagination.ts';
import { timestamp } from '../../core/timestamps.ts';
import { idParam, inShop } from '../../http/access.ts';
import { Product } from './entities.ts';
import { presentMovement, presentProduct } from './presenter.ts';
import { getProduct, listMovements, productFilter } from './repository.ts';
import {
  ListMovements,
  ListProducts,
  NewProduct,
  ProductChanges,
  StockAdjustment,
} from './schemas.ts';
import { adjustStock, archiveProduct, createProduct, updateProduct } from './service.ts';

export async function catalogRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops/:shopId/products', async (request) => {
    const { em, shop } = await inShop(request, 'viewer');
    const { q, archived, low_stock, ...wanted } = parsed(ListProducts, request.query);
    const where = productFilter({ shop, q, archived, lowStock: low_stock });
    const found = await paginate(em, Product, where, wanted);
    return page(found, (product) => presentProduct(product, shop));
  });

  app.post('/shops/:shopId/products', async (request, reply) => {
    const { em, actor, shop } = await inShop(request, 'manager');
    const input = parsed(NewProduct, request.body);
    const product = await createProduct(em, { actor, shop, input });
    reply.status(201);
    return presentProduct(product, shop);
  });

  app.get('/shops/:shopId/products/:productId', async (request) => {
    const { em, shop } = await inShop(request, 'viewer');
    const product = await getProduct(em, { shop, productId: idParam(request, 'product') });
    return presentProduct(product, shop);
  });

  app.patch('/shops/:shopId/products/:productId', async (request) => {
    const { em, actor, shop } = await inShop(request, 'manager');
    const input = parsed(ProductChanges, request.body);
    const product = await getProduct(em, { shop, productId: idParam(request, 'product') });
    return presentProduct(await updateProduct(em, { actor, product, input }), shop);
  });

  app.post('/shops/:shopId/products/:productId/archive', async (request) => {
    const { em, actor, shop } = await inShop(request, 'manager');
    const product = await getProduct(em, { shop, productId: idParam(request, 'product') });
    return presentProduct(await archiveProduct(em, { actor, product }), shop);
  });

  app.post('/shops/:shopId/products/:productId/stock', async (request) => {
    const { em, actor, shop } = await inShop(request, 'clerk');
    const input = parsed(StockAdjustment, request.body);
    const product = await getProduct(em, { shop, productId: idParam(request, 'product') });
    return presentProduct(await adjustStock(em, { actor, product, input }), shop);
  });

  app.get('/shops/:shopId/products/:productId/movements', async (request) => {
    const { em, shop } = await inShop(request, 'viewer');
    const { cursor, limit } = parsed(ListMovements, request.query);
    const product = await getProduct(em, { shop, productId: idParam(request, 'product') });
    const before = cursor === undefined ? null : new Date(cursor);
    const rows = await listMovements(em, { product, before, limit });
    const last = rows.at(-1);
    const next = last && rows.length === limit ? timestamp(last.createdAt) : null;
    return page({ rows, next }, presentMovement);
  });
}
