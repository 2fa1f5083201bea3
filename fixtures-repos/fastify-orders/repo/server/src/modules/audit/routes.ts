import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import type { AuditEventBody } from '../../../../contracts/shops.ts';
import { parsed } from '../../core/input.ts';
import { page, pageQuery, paginate } from '../../core/pagination.ts';
import { timestamp } from '../../core/timestamps.ts';
import { inShop } from '../../http/access.ts';
import { AuditEvent } from './entities.ts';

const ListEvents = z.strictObject({ ...pageQuery, subject: z.string().max(32).optional() });

function presentEvent(event: AuditEvent): AuditEventBody {
  const { actor } = event;
  return {
    id: event.publicId,
    action: event.action,
    subject: event.subject,
    actor: actor ? { id: actor.publicId, name: actor.name } : null,
    data: event.data,
    created_at: timestamp(event.createdAt),
  };
}

export async function auditRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops/:shopId/events', async (request) => {
    const { em, shop } = await inShop(request, 'manager');
    const { subject, ...wanted } = parsed(ListEvents, request.query);
    const where = { shop, ...(subject ? { subject } : {}) };
    return page(
      await paginate(em, AuditEvent, where, wanted, { populate: ['actor'] }),
      presentEvent,
    );
  });
}
