import { expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { freezeClock } from '../support/clock.ts';
import { makeShop, makeStaff, makeUser } from '../support/factories.ts';

test('who creates a shop owns it', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const user = await makeUser();

  const answer = await api(user).post('/shops', {
    name: ' Tea  House ',
    currency: 'EUR',
    tax_rate: '7.5',
  });

  expect(answer.status).toBe(201);
  expect(answer.body).toEqual({
    id: expect.stringMatching(/^shp_/),
    name: 'Tea House',
    slug: 'tea-house',
    currency: 'EUR',
    tax_rate: '7.50',
    alert_email: null,
    my_role: 'owner',
    created_at: '2026-03-09T08:30:15Z',
  });
});

test('shops of the same name get different slugs', async () => {
  const user = await makeUser();
  const create = () => api(user).post('/shops', { name: 'Tea House', currency: 'EUR' });

  expect((await create()).body.slug).toBe('tea-house');
  expect((await create()).body.slug).toBe('tea-house-2');
});

test.each([
  ['currency', { currency: 'Euro' }],
  ['tax_rate', { tax_rate: '7,5' }],
  ['alert_email', { alert_email: 'nobody' }],
  ['slug', { slug: 'mine' }],
])('a new shop with a wrong %s is 422', async (field, wrong) => {
  const user = await makeUser();

  const answer = await api(user).post('/shops', { name: 'Tea House', currency: 'EUR', ...wrong });

  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatchObject({ code: 'invalid_input', field });
});

test('a list of shops holds only those of the user', async () => {
  const shop = await makeShop({ name: 'Mine' });
  await makeShop({ name: 'Other' });
  const viewer = await makeStaff(shop, 'viewer');

  const { body } = await api(viewer).get('/shops');

  expect(body.items.map(({ name }: { name: string }) => name)).toEqual(['Mine']);
});

test('only an owner changes the shop', async () => {
  const shop = await makeShop();
  const path = `/shops/${shop.publicId}`;
  const owner = await makeStaff(shop, 'owner');
  const manager = await makeStaff(shop, 'manager');

  expect((await api(manager).patch(path, { name: 'New' })).status).toBe(403);
  const answer = await api(owner).patch(path, { name: 'New', alert_email: 'a@shop.example' });
  expect(answer.body).toMatchObject({
    name: 'New',
    alert_email: 'a@shop.example',
    tax_rate: '0.00',
  });
});

test('the currency of a shop cannot be changed', async () => {
  const shop = await makeShop();
  const owner = await makeStaff(shop, 'owner');

  const answer = await api(owner).patch(`/shops/${shop.publicId}`, { currency: 'USD' });

  expect(answer.status).toBe(422);
  expect(answer.body.error.field).toBe('currency');
});
