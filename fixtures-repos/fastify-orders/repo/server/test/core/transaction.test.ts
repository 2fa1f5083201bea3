import { expect, test } from 'vitest';
import { onCommit, transaction } from '../../src/db/transaction.ts';
import { Shop } from '../../src/modules/shops/entities.ts';
import { db } from '../support/backend.ts';

const shop = (slug: string) => ({ name: slug, slug, currency: 'EUR' });

test('what was created is committed together', async () => {
  const em = db();
  await transaction(em, async () => {
    em.create(Shop, shop('one'));
    em.create(Shop, shop('two'));
  });

  expect(await db().count(Shop)).toBe(2);
});

test('an error takes everything back', async () => {
  const em = db();
  const work = transaction(em, async () => {
    em.create(Shop, shop('one'));
    await em.flush();
    throw new Error('no');
  });

  await expect(work).rejects.toThrow('no');
  expect(await db().count(Shop)).toBe(0);
});

test('an inner transaction belongs to the outer one', async () => {
  const em = db();
  const work = transaction(em, async () => {
    await transaction(em, async () => {
      em.create(Shop, shop('one'));
    });
    throw new Error('no');
  });

  await expect(work).rejects.toThrow('no');
  expect(await db().count(Shop)).toBe(0);
});

test('effects wait for the commit and keep their order', async () => {
  const em = db();
  const seen: string[] = [];
  await transaction(em, async () => {
    em.create(Shop, shop('one'));
    await onCommit(em, async () => {
      seen.push(`first sees ${await db().count(Shop)}`);
    });
    await onCommit(em, async () => {
      seen.push('second');
    });
    expect(seen).toEqual([]);
  });

  expect(seen).toEqual(['first sees 1', 'second']);
});

test('effects of a transaction that failed are forgotten', async () => {
  const em = db();
  const seen: string[] = [];
  const work = transaction(em, async () => {
    await onCommit(em, async () => {
      seen.push('effect');
    });
    throw new Error('no');
  });

  await expect(work).rejects.toThrow('no');
  await transaction(em, async () => undefined);
  expect(seen).toEqual([]);
});

test('without a transaction an effect happens at once', async () => {
  const seen: string[] = [];
  await onCommit(db(), async () => {
    seen.push('effect');
  });

  expect(seen).toEqual(['effect']);
});
