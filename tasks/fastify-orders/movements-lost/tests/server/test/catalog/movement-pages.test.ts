import { expect, test } from 'vitest';
import { now } from '../../src/core/clock.ts';
import type { User } from '../../src/modules/accounts/entities.ts';
import { type Product, StockMovement } from '../../src/modules/catalog/entities.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeOrder, makeProduct, makeShop, makeStaff } from '../support/factories.ts';
import { queriesOf } from '../support/queries.ts';

interface Movement {
  readonly delta: number;
  readonly actor: { readonly id: string; readonly name: string } | null;
}

const deltas = (items: readonly Movement[]) => items.map(({ delta }) => delta);

async function stocked() {
  const shop = await makeShop();
  const viewer = await makeStaff(shop, 'viewer');
  const clerk = await makeStaff(shop, 'clerk');
  const product = await makeProduct(shop, { stock: 100 });
  const path = `/shops/${shop.publicId}/products/${product.publicId}`;
  const list = (query: string) => api(viewer).get(`${path}/movements${query}`);
  const page = (limit: number, cursor: string | null) =>
    list(`?limit=${limit}${cursor === null ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
  const walk = async (limit: number) => {
    const pages: Movement[][] = [];
    let cursor: string | null = null;
    do {
      const { status, body } = await page(limit, cursor);
      expect(status).toBe(200);
      expect(body.page.size).toBe(body.items.length);
      pages.push(body.items);
      cursor = body.page.next;
    } while (cursor !== null && pages.length < 40);
    return pages;
  };
  const adjust = (delta: number) =>
    api(clerk).post(`${path}/stock`, { delta, reason: 'correction' });
  return { shop, clerk, product, list, page, walk, adjust };
}

async function record(product: Product, wanted: readonly number[], actors: User[] = []) {
  for (const [index, delta] of wanted.entries()) {
    const em = db();
    const actor = actors[index % (actors.length || 1)];
    em.create(StockMovement, {
      product: em.merge(product),
      delta,
      reason: 'correction',
      reference: null,
      actor: actor ? em.merge(actor) : null,
      createdAt: now(),
    });
    await em.flush();
  }
}

test('movements of one second are neither lost nor repeated at the border of a page', async () => {
  freezeClock('2026-03-09T08:00:00Z');
  const { product, walk } = await stocked();
  await record(product, [1, 2, 3, 4, 5, 6, 7]);

  const pages = await walk(3);

  expect(pages.map(deltas)).toEqual([[7, 6, 5], [4, 3, 2], [1]]);
});

test.each([1, 2, 3, 4, 5, 6, 7, 8])('pages of %i hold every movement once', async (limit) => {
  const clock = freezeClock('2026-03-09T08:00:00Z');
  const { product, walk } = await stocked();
  for (const together of [[1, 2], [3, 4, 5, 6, 7], [8], [9, 10, 11]]) {
    await record(product, together);
    clock.advance({ seconds: 1 });
  }

  const pages = await walk(limit);

  expect(deltas(pages.flat())).toEqual([11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1]);
  for (const full of pages.slice(0, -1)) {
    expect(full).toHaveLength(limit);
  }
  expect(pages).toHaveLength(Math.ceil(11 / limit));
});

test.each([
  [4, 4],
  [4, 2],
  [1, 1],
])('%i movements on pages of %i end with a full page', async (count, limit) => {
  const clock = freezeClock('2026-03-09T08:00:00Z');
  const { product, walk } = await stocked();
  for (let delta = 1; delta <= count; delta += 1) {
    await record(product, [delta]);
    clock.advance({ seconds: 1 });
  }

  const pages = await walk(limit);

  expect(pages).toHaveLength(count / limit);
  expect(pages.flat()).toHaveLength(count);
});

test('a product without movements has one empty page', async () => {
  const { list } = await stocked();

  expect((await list('')).body).toEqual({ items: [], page: { size: 0, next: null } });
});

test.each([0, 1])('movements that come %i seconds later do not move the next page', async (gap) => {
  const clock = freezeClock('2026-03-09T08:00:00Z');
  const { product, page } = await stocked();
  await record(product, [1, 2, 3, 4, 5]);
  const first = await page(2, null);
  clock.advance({ seconds: gap });
  await record(product, [6, 7, 8]);

  const second = await page(2, first.body.page.next);
  const third = await page(2, second.body.page.next);

  expect(deltas(first.body.items)).toEqual([5, 4]);
  expect(deltas(second.body.items)).toEqual([3, 2]);
  expect(deltas(third.body.items)).toEqual([1]);
  expect(third.body.page.next).toBeNull();
});

test('what was taken and adjusted at once adds up over the pages', async () => {
  freezeClock('2026-03-09T08:00:00Z');
  const { shop, clerk, product, walk, adjust } = await stocked();
  const line = { product, quantity: 3 };
  const order = await makeOrder(shop, { lines: [line, line, line, line] });
  await adjust(-5);
  await api(clerk).post(`/shops/${shop.publicId}/orders/${order.publicId}/place`);
  await adjust(2);

  const found = deltas((await walk(2)).flat());

  expect(found).toHaveLength(6);
  expect([found[0], found[5]]).toEqual([2, -5]);
  expect(found.slice(1, 5)).toEqual([-3, -3, -3, -3]);
});

test('each movement names its actor, on every page', async () => {
  freezeClock('2026-03-09T08:00:00Z');
  const { shop, product, walk } = await stocked();
  const ada = await makeStaff(shop, 'clerk', 'Ada Clerk');
  const bo = await makeStaff(shop, 'manager', 'Bo Manager');
  await record(product, [1, 2, 3, 4, 5], [ada, bo]);
  await record(product, [6]);

  const found = (await walk(2)).flat();

  const of = ({ publicId, name }: User) => ({ id: publicId, name });
  expect(found.map(({ actor }) => actor)).toEqual([
    null,
    of(ada),
    of(bo),
    of(ada),
    of(bo),
    of(ada),
  ]);
});

test('movements of other products are not among them', async () => {
  freezeClock('2026-03-09T08:00:00Z');
  const { shop, product, walk } = await stocked();
  const other = await makeProduct(shop);
  for (const delta of [1, 2, 3]) {
    await record(product, [delta]);
    await record(other, [-delta]);
  }

  expect((await walk(1)).map(deltas)).toEqual([[3], [2], [1]]);
});

test('a page needs as many queries for many movements as for one', async () => {
  freezeClock('2026-03-09T08:00:00Z');
  const { shop, product, page } = await stocked();
  await record(product, [1, 2, 3], [await makeStaff(shop, 'clerk')]);
  const { body } = await page(1, null);
  const few = await queriesOf(() => page(1, body.page.next));
  const actors = [];
  for (let count = 0; count < 6; count += 1) {
    actors.push(await makeStaff(shop, 'clerk'));
  }
  await record(product, [4, 5, 6, 7, 8, 9, 10, 11, 12, 13], actors);
  const first = await page(1, null);

  const many = await queriesOf(() => page(12, first.body.page.next));

  expect(few.length).toBeGreaterThan(0);
  expect(many).toHaveLength(few.length);
});

test('a cursor that no page gave is 422', async () => {
  const { product, list } = await stocked();
  await record(product, [1]);

  const answer = await list('?cursor=abc');

  expect(answer.status).toBe(422);
  expect(answer.body.error).toMatchObject({ code: 'invalid_cursor', field: 'cursor' });
});

test('a page has twenty movements unless another number is asked for', async () => {
  freezeClock('2026-03-09T08:00:00Z');
  const { product, list } = await stocked();
  await record(
    product,
    Array.from({ length: 21 }, (_, index) => index + 1),
  );

  expect((await list('')).body.items).toHaveLength(20);
  expect((await list('?limit=21')).body.items).toHaveLength(21);
  expect((await list('?limit=0')).body.error.field).toBe('limit');
  expect((await list('?limit=101')).body.error.field).toBe('limit');
  expect((await list('?offset=1')).status).toBe(422);
});
