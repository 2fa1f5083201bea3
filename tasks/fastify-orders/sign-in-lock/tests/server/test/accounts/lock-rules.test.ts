import { beforeEach, expect, onTestFinished, test } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { openOrm } from '../../src/db/orm.ts';
import { AccessToken, User } from '../../src/modules/accounts/entities.ts';
import { hashPassword } from '../../src/modules/accounts/passwords.ts';
import { AuditEvent } from '../../src/modules/audit/entities.ts';
import { Membership, type Shop } from '../../src/modules/shops/entities.ts';
import { api } from '../support/api.ts';
import { db, settings } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeShop, makeStaff, makeUser } from '../support/factories.ts';

const passwordHash = hashPassword('correct horse');
const wrongPassword = {
  error: {
    code: 'not_authenticated',
    message: 'The e-mail address or the password is wrong.',
    field: null,
    details: {},
  },
};

let shop: Shop;
let kim: User;

async function account(name: string, email: string) {
  const em = db();
  const user = em.create(User, { name, email, emailKey: email, passwordHash });
  await em.flush();
  return user;
}

beforeEach(async () => {
  shop = await makeShop();
  kim = await account('Kim', 'kim@shop.example');
  const em = db();
  em.create(Membership, { shop: em.merge(shop), user: em.merge(kim), role: 'clerk' });
  await em.flush();
});

const signIn = (password: string, email = 'kim@shop.example') =>
  api(null).post('/sessions', { email, password });

const isOpen = async (email?: string) => (await signIn('correct horse', email)).status === 201;

async function fail(times: number, email?: string) {
  const answers = [];
  while (answers.length < times) {
    answers.push(await signIn('wrong', email));
  }
  return answers;
}

const path = (of = shop, user: { publicId: string } = kim) =>
  `/shops/${of.publicId}/staff/${user.publicId}/unlock`;

const unlockings = () => db().find(AuditEvent, { action: 'staff.unlocked' } as object);

test('the first five failures answer as ever', async () => {
  const answers = await fail(5);

  for (const { status, body } of answers) {
    expect(status).toBe(401);
    expect(body).toEqual(wrongPassword);
  }
  expect(await isOpen()).toBe(false);
});

test('four failures lock nothing', async () => {
  await fail(4);

  expect(await isOpen()).toBe(true);
});

test('nobody signs in with a locked address', async () => {
  await fail(5);

  const answer = await signIn('correct horse');

  expect(answer.status).toBeGreaterThanOrEqual(400);
  expect(answer.status).toBeLessThan(500);
  expect(answer.body.token).toBeUndefined();
  expect(await db().count(AccessToken)).toBe(0);
});

test('a lock lasts fifteen minutes to the second', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  await fail(5);

  clock.advance({ minutes: 15, seconds: -1 });
  expect(await isOpen()).toBe(false);
  clock.advance({ seconds: 1 });
  expect(await isOpen()).toBe(true);
});

test('a lock counts from the fifth failure', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  await fail(4);
  clock.advance({ minutes: 10 });
  await fail(1);

  clock.advance({ minutes: 14 });
  expect(await isOpen()).toBe(false);
  clock.advance({ minutes: 1 });
  expect(await isOpen()).toBe(true);
});

test('days between failures do not matter', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  await fail(4);
  clock.advance({ days: 40 });
  await fail(1);

  expect(await isOpen()).toBe(false);
});

test('what is tried during a lock does not prolong it', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  await fail(5);
  clock.advance({ minutes: 10 });
  await fail(6);
  expect(await isOpen()).toBe(false);

  clock.advance({ minutes: 5 });
  expect(await isOpen()).toBe(true);
});

test('counting begins anew after a lock', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  await fail(5);
  await fail(3);
  clock.advance({ minutes: 15 });

  await fail(4);
  expect(await isOpen()).toBe(true);
  await fail(4);
  await fail(1);
  expect(await isOpen()).toBe(false);
});

test('a second lock needs five failures and lasts as long', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  await fail(5);
  clock.advance({ minutes: 15 });
  await fail(5);

  clock.advance({ minutes: 15, seconds: -1 });
  expect(await isOpen()).toBe(false);
  clock.advance({ seconds: 1 });
  expect(await isOpen()).toBe(true);
});

test('signing in begins the count anew', async () => {
  await fail(4);
  expect(await isOpen()).toBe(true);
  await fail(4);
  expect(await isOpen()).toBe(true);
  await fail(5);
  expect(await isOpen()).toBe(false);
});

test.each([['KIM@Shop.Example'], ['kim+tea@shop.example']])(
  'failures of %j are failures of the account',
  async (spelling) => {
    await fail(3);
    await fail(2, spelling);

    expect(await isOpen()).toBe(false);
    expect(await isOpen(spelling)).toBe(false);
  },
);

test('signing in with another spelling begins the count anew', async () => {
  await fail(4);
  expect(await isOpen('kim+tea@shop.example')).toBe(true);
  await fail(4);
  expect(await isOpen()).toBe(true);
  await fail(5);
  expect(await isOpen()).toBe(false);
});

test('other addresses stay open', async () => {
  await account('Olu', 'olu@shop.example');
  await fail(5);
  await fail(4, 'olu@shop.example');

  expect(await isOpen('olu@shop.example')).toBe(true);
  expect(await isOpen()).toBe(false);
});

test('an address without an account is counted and locked, too', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  const answers = await fail(5, 'new@shop.example');
  for (const { status, body } of answers) {
    expect(status).toBe(401);
    expect(body).toEqual(wrongPassword);
  }
  await account('New', 'new@shop.example');

  expect(await isOpen('new@shop.example')).toBe(false);
  clock.advance({ minutes: 15 });
  expect(await isOpen('new@shop.example')).toBe(true);
});

test('a body that is refused is no failed sign-in', async () => {
  await fail(4);
  for (const password of ['', 'x'.repeat(201)]) {
    expect((await signIn(password)).status).toBe(422);
  }
  expect(await isOpen()).toBe(true);
  await fail(5);
  expect(await isOpen()).toBe(false);
});

test('failures that arrive at once are counted each', async () => {
  const answers = await Promise.all(Array.from({ length: 5 }, () => signIn('wrong')));

  expect(answers.map(({ status }) => status)).toEqual([401, 401, 401, 401, 401]);
  expect(await isOpen()).toBe(false);
});

async function secondServer() {
  const secondOrm = await openOrm(settings.databaseFile);
  onTestFinished(() => secondOrm.close());
  const reached = Promise.withResolvers<void>();
  const go = Promise.withResolvers<void>();
  secondOrm.em.getEventManager().registerSubscriber({
    async beforeTransactionCommit() {
      reached.resolve();
      await go.promise;
    },
  });
  const server = await buildApp({ orm: secondOrm, settings });
  const payload = { email: 'kim@shop.example', password: 'wrong' };
  return {
    fail: () => server.inject({ method: 'POST', url: '/api/sessions', payload }),
    commits: reached.promise,
    goOn: () => go.resolve(),
  };
}

async function eventLoopTurns(count: number) {
  for (let turn = 0; turn < count; turn += 1) {
    await new Promise((resolve) => setImmediate(resolve));
  }
}

test.each([0, 3])(
  'after %i failures, two that meet at two servers count as two',
  async (before) => {
    await fail(before);
    const server = await secondServer();
    const there = server.fail();
    await Promise.race([server.commits, there]);
    const here = signIn('wrong');
    await eventLoopTurns(50);
    server.goOn();
    const answers = [(await there).statusCode, (await here).status];

    expect(answers).toEqual([401, 401]);
    await fail(5 - before - 2);
    expect(await isOpen()).toBe(false);
  },
);

test('open sessions go on', async () => {
  const { body } = await signIn('correct horse');
  await fail(5);
  expect(await isOpen()).toBe(false);

  const headers = { authorization: `Bearer ${body.token}` };
  expect((await api(null).get('/me', undefined, headers)).status).toBe(200);
});

test('an owner unlocks a member of the staff', async () => {
  const owner = await makeStaff(shop, 'owner');
  await fail(5);
  expect(await isOpen()).toBe(false);

  const answer = await api(owner).post(path());

  expect(answer.status).toBe(200);
  const { items } = (await api(owner).get(`/shops/${shop.publicId}/staff`)).body;
  expect(items).toContainEqual(answer.body);
  expect(answer.body.id).toBe(kim.publicId);
  expect(await isOpen()).toBe(true);
});

test('counting begins anew after unlocking', async () => {
  const owner = await makeStaff(shop, 'owner');
  await fail(5);
  expect((await api(owner).post(path())).status).toBe(200);

  await fail(4);
  expect(await isOpen()).toBe(true);
  await fail(5);
  expect(await isOpen()).toBe(false);
});

test('five failures after unlocking lock again', async () => {
  const owner = await makeStaff(shop, 'owner');
  await fail(5);
  expect((await api(owner).post(path())).status).toBe(200);

  await fail(5);
  expect(await isOpen()).toBe(false);
});

test('unlocking leaves others locked', async () => {
  const owner = await makeStaff(shop, 'owner');
  await account('Olu', 'olu@shop.example');
  await fail(5);
  await fail(5, 'olu@shop.example');

  expect((await api(owner).post(path())).status).toBe(200);

  expect(await isOpen('olu@shop.example')).toBe(false);
});

test('only owners unlock', async () => {
  const manager = await makeStaff(shop, 'manager');
  await fail(5);

  expect((await api(manager).post(path())).status).toBe(403);
  expect((await api(kim).post(path())).status).toBe(403);
  expect((await api(null).post(path())).status).toBe(401);
  expect(await isOpen()).toBe(false);
  expect(await unlockings()).toEqual([]);
});

test('people outside the shop are not found', async () => {
  const other = await makeShop();
  const stranger = await makeStaff(other, 'owner');
  const owner = await makeStaff(shop, 'owner');
  await fail(5);

  expect((await api(stranger).post(path())).status).toBe(404);
  for (const answer of [
    await api(stranger).post(path(other)),
    await api(owner).post(path(shop, await makeUser())),
  ]) {
    expect(answer.status).toBe(404);
    expect(answer.body.error.code).toBe('user_not_found');
  }
  expect(await isOpen()).toBe(false);
});

test('who was never locked cannot be unlocked', async () => {
  const owner = await makeStaff(shop, 'owner');

  const answer = await api(owner).post(path());

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('not_locked');
  expect(await unlockings()).toEqual([]);
});

test('failures short of a lock are no lock, and stay counted', async () => {
  const owner = await makeStaff(shop, 'owner');
  await fail(4);

  const answer = await api(owner).post(path());

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('not_locked');
  await fail(1);
  expect(await isOpen()).toBe(false);
});

test('a lock that is over cannot be ended', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  const owner = await makeStaff(shop, 'owner');
  await fail(5);
  clock.advance({ minutes: 15 });

  const answer = await api(owner).post(path());

  expect(answer.status).toBe(409);
  expect(answer.body.error.code).toBe('not_locked');
});

test('unlocking is an event of the shop', async () => {
  const owner = await makeStaff(shop, 'owner');
  await fail(5);
  await api(owner).post(path());
  await api(owner).post(path());

  const events = await unlockings();
  expect(events).toHaveLength(1);
  expect(events[0]).toMatchObject({
    actor: { id: owner.id },
    shop: { id: shop.id },
    subject: kim.publicId,
  });
});
