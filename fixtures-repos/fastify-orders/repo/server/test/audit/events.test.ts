import { expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { freezeClock } from '../support/clock.ts';
import { makeProduct, makeShop, makeStaff } from '../support/factories.ts';

test('a write leaves an event with its actor', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const shop = await makeShop();
  const manager = await makeStaff(shop, 'manager', 'Kim');
  const product = await makeProduct(shop);
  await api(manager).patch(`/shops/${shop.publicId}/products/${product.publicId}`, { price: 5 });

  const { body } = await api(manager).get(`/shops/${shop.publicId}/events`);

  expect(body.items).toEqual([
    {
      id: expect.stringMatching(/^evt_/),
      action: 'product.updated',
      subject: product.publicId,
      actor: { id: manager.publicId, name: 'Kim' },
      data: { fields: ['price'] },
      created_at: '2026-03-09T08:30:15Z',
    },
  ]);
});

test('events of one subject', async () => {
  const shop = await makeShop();
  const manager = await makeStaff(shop, 'manager');
  const mug = await makeProduct(shop);
  const pot = await makeProduct(shop);
  for (const { publicId } of [mug, pot]) {
    await api(manager).post(`/shops/${shop.publicId}/products/${publicId}/archive`);
  }

  const { body } = await api(manager).get(`/shops/${shop.publicId}/events?subject=${pot.publicId}`);

  expect(body.items.map(({ subject }: { subject: string }) => subject)).toEqual([pot.publicId]);
});

test('a clerk does not see events', async () => {
  const shop = await makeShop();
  const clerk = await makeStaff(shop, 'clerk');

  expect((await api(clerk).get(`/shops/${shop.publicId}/events`)).status).toBe(403);
});
