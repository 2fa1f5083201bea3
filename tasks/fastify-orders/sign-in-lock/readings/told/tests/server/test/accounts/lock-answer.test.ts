import { beforeEach, expect, test } from 'vitest';
import { User } from '../../src/modules/accounts/entities.ts';
import { hashPassword } from '../../src/modules/accounts/passwords.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';

const passwordHash = hashPassword('correct horse');

beforeEach(async () => {
  const em = db();
  const email = 'kim@shop.example';
  em.create(User, { name: 'Kim', email, emailKey: email, passwordHash });
  await em.flush();
});

const signIn = (password: string, email = 'kim@shop.example') =>
  api(null).post('/sessions', { email, password });

async function lock(email?: string) {
  for (const password of ['a', 'b', 'c', 'd', 'e']) {
    expect((await signIn(password, email)).status).toBe(401);
  }
}

const locked = { code: 'sign_in_locked', details: { until: '2026-03-09T08:45:15Z' } };

test.each(['correct horse', 'wrong'])('%s is told when the lock ends', async (password) => {
  freezeClock('2026-03-09T08:30:15Z');
  await lock();

  const answer = await signIn(password);

  expect(answer.status).toBe(429);
  expect(answer.body.error).toMatchObject(locked);
});

test('an address without an account is told the same', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  await lock();
  await lock('nobody@shop.example');

  const answer = await signIn('wrong', 'nobody@shop.example');

  expect(answer.status).toBe(429);
  expect(answer.body).toEqual((await signIn('wrong')).body);
});

test('the moment stays, whatever is tried', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  await lock();
  clock.advance({ minutes: 5 });
  await signIn('wrong');
  clock.advance({ minutes: 5 });

  const answer = await signIn('wrong');

  expect(answer.status).toBe(429);
  expect(answer.body.error).toMatchObject(locked);
});

test('a wrong password after the lock is just wrong', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  await lock();
  clock.advance({ minutes: 15, seconds: -1 });
  expect((await signIn('wrong')).status).toBe(429);
  clock.advance({ seconds: 1 });

  const answer = await signIn('wrong');

  expect(answer.status).toBe(401);
  expect(answer.body.error.code).toBe('not_authenticated');
});
