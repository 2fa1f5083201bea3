import Fastify, { type FastifyInstance } from 'fastify';
import { newRequestId } from './core/request-id.ts';
import type { Orm } from './db/orm.ts';
import { answerError, answerNotFound } from './http/error-handler.ts';
import { addRequestContext } from './http/request-context.ts';
import { accountRoutes } from './modules/accounts/routes.ts';
import { auditRoutes } from './modules/audit/routes.ts';
import { catalogRoutes } from './modules/catalog/routes.ts';
import { customerRoutes } from './modules/customers/routes.ts';
import { exportRoutes } from './modules/exports/routes.ts';
import { orderRoutes } from './modules/orders/routes.ts';
import { paymentRoutes } from './modules/payments/routes.ts';
import { refundRoutes } from './modules/refunds/routes.ts';
import { shipmentRoutes } from './modules/shipments/routes.ts';
import { shopRoutes } from './modules/shops/routes.ts';
import { webhookRoutes } from './modules/webhooks/routes.ts';
import type { Settings } from './settings.ts';

const routes = [
  accountRoutes,
  shopRoutes,
  auditRoutes,
  catalogRoutes,
  customerRoutes,
  orderRoutes,
  paymentRoutes,
  refundRoutes,
  shipmentRoutes,
  webhookRoutes,
  exportRoutes,
];

export async function buildApp({
  orm,
  settings,
}: {
  orm: Orm;
  settings: Settings;
}): Promise<FastifyInstance> {
  const app = Fastify({
    logger: settings.logLevel === 'silent' ? false : { level: settings.logLevel },
    requestIdHeader: 'x-request-id',
    genReqId: newRequestId,
    bodyLimit: 256 * 1024,
  });
  addRequestContext(app, orm);
  app.setErrorHandler(answerError);
  app.setNotFoundHandler(answerNotFound);
  app.get('/health', async () => ({ status: 'ok' }));
  for (const each of routes) {
    await app.register(each, { prefix: '/api' });
  }
  await app.ready();
  return app;
}
