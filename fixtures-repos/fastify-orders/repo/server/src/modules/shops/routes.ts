import type { FastifyInstance } from 'fastify';
import { parsed } from '../../core/input.ts';
import { idParam, inShop, signedIn } from '../../http/access.ts';
import { presentShop, presentStaff } from './presenter.ts';
import { getStaff, listMemberships, listStaff } from './repository.ts';
import { NewShop, NewStaff, RoleChange, ShopChanges } from './schemas.ts';
import { addStaff, changeRole, createShop, removeStaff, updateShop } from './service.ts';

export async function shopRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops', async (request) => {
    const user = await signedIn(request);
    const memberships = await listMemberships(request.em, { user });
    return { items: memberships.map(({ shop, role }) => presentShop(shop, role)) };
  });

  app.post('/shops', async (request, reply) => {
    const actor = await signedIn(request);
    const input = parsed(NewShop, request.body);
    const { shop, role } = await createShop(request.em, { actor, input });
    reply.status(201);
    return presentShop(shop, role);
  });

  app.get('/shops/:shopId', async (request) => {
    const { shop, role } = await inShop(request, 'viewer');
    return presentShop(shop, role);
  });

  app.patch('/shops/:shopId', async (request) => {
    const { em, actor, shop, role } = await inShop(request, 'owner');
    const input = parsed(ShopChanges, request.body);
    return presentShop(await updateShop(em, { actor, shop, input }), role);
  });

  app.get('/shops/:shopId/staff', async (request) => {
    const { em, shop } = await inShop(request, 'viewer');
    return { items: (await listStaff(em, { shop })).map(presentStaff) };
  });

  app.post('/shops/:shopId/staff', async (request, reply) => {
    const { em, actor, shop } = await inShop(request, 'owner');
    const { email, role } = parsed(NewStaff, request.body);
    const member = await addStaff(em, { actor, shop, email, role });
    reply.status(201);
    return presentStaff(member);
  });

  app.patch('/shops/:shopId/staff/:userId', async (request) => {
    const { em, actor, shop } = await inShop(request, 'owner');
    const { role } = parsed(RoleChange, request.body);
    const member = await getStaff(em, { shop, userId: idParam(request, 'user') });
    return presentStaff(await changeRole(em, { actor, member, role }));
  });

  app.delete('/shops/:shopId/staff/:userId', async (request, reply) => {
    const { em, actor, shop } = await inShop(request, 'owner');
    const member = await getStaff(em, { shop, userId: idParam(request, 'user') });
    await removeStaff(em, { actor, member });
    return reply.status(204).send();
  });
}
