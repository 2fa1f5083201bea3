import type { EntityManager } from '@mikro-orm/sql';
import { NotFound } from '../../core/errors.ts';
import type { Shop } from '../shops/entities.ts';
import { Export } from './entities.ts';

export async function getExport(
  em: EntityManager,
  { exportId }: { exportId: string },
): Promise<Export> {
  const found = await em.findOne(Export, { publicId: exportId }, { populate: ['requestedBy'] });
  if (found === null) {
    throw new NotFound('export_not_found', 'There is no such export.');
  }
  return found;
}

export async function loadContent(em: EntityManager, found: Export): Promise<string> {
  await em.populate(found, ['content']);
  return found.content ?? '';
}

export async function countQueued(em: EntityManager, { shop }: { shop: Shop }): Promise<number> {
  return em.count(Export, { shop, status: 'queued' });
}
