import type { FastifyInstance } from 'fastify';
import { parsed } from '../../core/input.ts';
import { paginate } from '../../core/pagination.ts';
import { idParam, inShop } from '../../http/access.ts';
import { Customer } from './entities.ts';
import { presentCustomer, presentCustomerRow } from './presenter.ts';
import { customerFilter, getCustomer, orderSummary } from './repository.ts';
import { CustomerChanges, ListCustomers, NewCustomer } from './schemas.ts';
import { createCustomer, updateCustomer } from './service.ts';

export async function customerRoutes(app: FastifyInstance): Promise<void> {
  app.get('/shops/:shopId/customers', async (request) => {
    const { em, shop } = await inShop(request, 'viewer');
    const { q, ...wanted } = parsed(ListCustomers, request.query);
    const sort = { field: 'nameKey', direction: 'asc' } as const;
    const found = await paginate(em, Customer, customerFilter({ shop, q }), wanted, { sort });
    const items = [];
    for (const customer of found.rows) {
      items.push(presentCustomerRow(customer, await orderSummary(em, { customer })));
    }
    return { items, page: { size: items.length, next: found.next } };
  });

  app.post('/shops/:shopId/customers', async (request, reply) => {
    const { em, actor, shop } = await inShop(request, 'clerk');
    const input = parsed(NewCustomer, request.body);
    const customer = await createCustomer(em, { actor, shop, input });
    reply.status(201);
    return presentCustomer(customer);
  });

  app.get('/shops/:shopId/customers/:customerId', async (request) => {
    const { em, shop } = await inShop(request, 'viewer');
    return presentCustomer(
      await getCustomer(em, { shop, customerId: idParam(request, 'customer') }),
    );
  });

  app.patch('/shops/:shopId/customers/:customerId', async (request) => {
    const { em, actor, shop } = await inShop(request, 'clerk');
    const input = parsed(CustomerChanges, request.body);
    const customer = await getCustomer(em, { shop, customerId: idParam(request, 'customer') });
    return presentCustomer(await updateCustomer(em, { actor, customer, input }));
  });
}
