import type { FastifyInstance } from 'fastify';
import { InvalidState } from '../../core/errors.ts';
import { parsed } from '../../core/input.ts';
import { page, paginate } from '../../core/pagination.ts';
import { idParam, inShop } from '../../http/access.ts';
import { Export } from './entities.ts';
import { presentExport } from './presenter.ts';
import { getExport, loadContent } from './repository.ts';
import { ListExports, NewExport } from './schemas.ts';
import { requestExport } from './service.ts';

export async function exportRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops/:shopId/exports', async (request) => {
    const { em, shop } = await inShop(request, 'manager');
    const wanted = parsed(ListExports, request.query);
    const found = await paginate(em, Export, { shop }, wanted, { populate: ['requestedBy'] });
    return page(found, (each) => presentExport(each as Export));
  });

  app.post('/shops/:shopId/exports', async (request, reply) => {
    const { em, actor, shop } = await inShop(request, 'manager');
    const input = parsed(NewExport, request.body);
    const wanted = await requestExport(em, { actor, shop, input });
    reply.status(202);
    return presentExport(wanted);
  });

  app.get('/shops/:shopId/exports/:exportId', async (request) => {
    const { em } = await inShop(request, 'manager');
    return presentExport(await getExport(em, { exportId: idParam(request, 'export') }));
  });

  app.get('/shops/:shopId/exports/:exportId/download', async (request, reply) => {
    const { em } = await inShop(request, 'manager');
    const wanted = await getExport(em, { exportId: idParam(request, 'export') });
    if (wanted.status !== 'ready') {
      throw new InvalidState('export_not_ready', 'The export is not ready.', {
        details: { status: wanted.status },
      });
    }
    reply.header('content-disposition', `attachment; filename="${wanted.publicId}.csv"`);
    reply.type('text/csv; charset=utf-8');
    return loadContent(em, wanted);
  });
}
