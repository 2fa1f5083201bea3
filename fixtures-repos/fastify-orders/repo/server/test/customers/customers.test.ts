import { expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { makeCustomer, makeOrder, makeShop, makeStaff } from '../support/factories.ts';

async function staffed() {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');
  return { shop, clerk, path: `/shops/${shop.publicId}/customers` };
}

test('a new customer', async () => {
  const { clerk, path } = await staffed();

  const answer = await api(clerk).post(path, { email: 'Robin@Mail.example', name: 'Robin  Buyer' });

  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    id: expect.stringMatching(/^cus_/),
    email: 'Robin@Mail.example',
    name: 'Robin Buyer',
    phone: null,
    note: '',
  });
});

test('an e-mail address is taken whatever its case and tag', async () => {
  const { shop, clerk, path } = await staffed();
  const known = await makeCustomer(shop, { email: 'robin@mail.example' });

  const answer = await api(clerk).post(path, { email: 'ROBIN+shop@mail.example', name: 'R' });

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({
    code: 'email_taken',
    field: 'email',
    details: { customer_id: known.publicId },
  });
});

test('changing a customer leaves what was not named', async () => {
  const { clerk, path } = await staffed();
  const { body } = await api(clerk).post(path, {
    email: 'robin@mail.example',
    name: 'Robin',
    phone: '123',
    note: 'pays late',
  });

  const answer = await api(clerk).patch(`${path}/${body.id}`, { phone: null });

  expect(answer.body).toEqual({ ...body, phone: null });
});

test('customers are listed by name, with what they ordered', async () => {
  const { shop, clerk, path } = await staffed();
  const zoe = await makeCustomer(shop, { name: 'Zoe' });
  await makeCustomer(shop, { name: 'adam' });
  await makeOrder(shop, {
    customer: zoe,
    status: 'placed',
    placedAt: new Date('2026-03-01T10:00:00Z'),
  });
  await makeOrder(shop, {
    customer: zoe,
    status: 'paid',
    placedAt: new Date('2026-03-09T10:00:00Z'),
  });
  await makeOrder(shop, { customer: zoe, status: 'draft' });

  const { body } = await api(clerk).get(path);

  expect(body.items).toMatchObject([
    { name: 'adam', orders_count: 0, last_order_at: null },
    { name: 'Zoe', orders_count: 2, last_order_at: '2026-03-09T10:00:00Z' },
  ]);
});

test('a search looks at names and the beginning of addresses', async () => {
  const { shop, clerk, path } = await staffed();
  await makeCustomer(shop, { name: 'Jo Straße', email: 'jo@mail.example' });
  await makeCustomer(shop, { name: 'Ann', email: 'stra@mail.example' });
  await makeCustomer(shop, { name: 'Bob', email: 'bob@stra.example' });

  const { body } = await api(clerk).get(`${path}?q=STRA`);

  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['Ann', 'Jo Straße']);
});

test('a customer of another shop is 404', async () => {
  const { clerk, path } = await staffed();
  const customer = await makeCustomer(await makeShop());

  expect((await api(clerk).get(`${path}/${customer.publicId}`)).status).toBe(404);
});

test('a viewer cannot change customers', async () => {
  const { shop, path } = await staffed();
  const viewer = await makeStaff(shop, 'viewer');
  const customer = await makeCustomer(shop);

  const answer = await api(viewer).patch(`${path}/${customer.publicId}`, { note: 'x' });

  expect(answer.status).toBe(403);
});
