import { expect, test } from 'vitest';
import { pageQuery, paginate } from '../../src/core/pagination.ts';
import { Product } from '../../src/modules/catalog/entities.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeProduct, makeShop, makeStaff } from '../support/factories.ts';

async function walk(shop: Awaited<ReturnType<typeof makeShop>>, limit: number) {
  const pages: string[][] = [];
  let cursor: string | undefined;
  do {
    const found = await paginate(db(), Product, { shop }, { limit, cursor });
    pages.push(found.rows.map(({ sku }) => sku));
    cursor = found.next ?? undefined;
  } while (cursor !== undefined);
  return pages;
}

test('pages follow each other, newest first, without gaps', async () => {
  const clock = freezeClock('2026-03-09T08:00:00Z');
  const shop = await makeShop();
  for (const sku of ['A', 'B', 'C', 'D', 'E']) {
    await makeProduct(shop, { sku });
    clock.advance({ seconds: 1 });
  }

  expect(await walk(shop, 2)).toEqual([['E', 'D'], ['C', 'B'], ['A']]);
});

test('rows of the same second are neither lost nor repeated', async () => {
  freezeClock('2026-03-09T08:00:00Z');
  const shop = await makeShop();
  for (const sku of ['A', 'B', 'C', 'D']) {
    await makeProduct(shop, { sku });
  }

  expect((await walk(shop, 3)).flat()).toEqual(['D', 'C', 'B', 'A']);
});

test('a full last page has no next', async () => {
  const shop = await makeShop();
  await makeProduct(shop);
  await makeProduct(shop);

  expect((await paginate(db(), Product, { shop }, { limit: 2 })).next).toBeNull();
});

test('a list answers items and page', async () => {
  const shop = await makeShop();
  const viewer = await makeStaff(shop, 'viewer');
  await makeProduct(shop);
  await makeProduct(shop);

  const first = await api(viewer).get(`/shops/${shop.publicId}/products?limit=1`);
  const second = await api(viewer).get(
    `/shops/${shop.publicId}/products?limit=1&cursor=${first.body.page.next}`,
  );

  expect(first.body.page).toEqual({ size: 1, next: expect.any(String) });
  expect(second.body.page).toEqual({ size: 1, next: null });
  expect(second.body.items[0].id).not.toBe(first.body.items[0].id);
});

test('a cursor that the list did not give is 422', async () => {
  const shop = await makeShop();
  const viewer = await makeStaff(shop, 'viewer');

  const answer = await api(viewer).get(`/shops/${shop.publicId}/products?cursor=abc`);

  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatchObject({ code: 'invalid_cursor', field: 'cursor' });
});

test('a page holds between one and a hundred rows, twenty by default', () => {
  expect(pageQuery.limit.parse(undefined)).toBe(20);
  expect(pageQuery.limit.safeParse('0').success).toBe(false);
  expect(pageQuery.limit.safeParse('101').success).toBe(false);
});
