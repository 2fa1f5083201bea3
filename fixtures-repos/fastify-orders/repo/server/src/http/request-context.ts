import type { EntityManager } from '@mikro-orm/sql';
import type { FastifyInstance } from 'fastify';
import { withRequestId } from '../core/request-id.ts';
import type { Orm } from '../db/orm.ts';

declare module 'fastify' {
  interface FastifyRequest {
    em: EntityManager;
  }
}

export function addRequestContext(app: FastifyInstance, orm: Orm): void {
  app.decorateRequest('em', null as unknown as EntityManager);
  app.addHook('onRequest', (request, reply, done) => {
    request.em = orm.em.fork();
    reply.header('x-request-id', request.id);
    withRequestId(request.id, done);
  });
}
