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
  const answers = [];
  for (const password of ['a', 'b', 'c', 'd', 'e']) {
    answers.push(await signIn(password, email));
  }
  return answers[0];
}

test.each(['correct horse', 'wrong'])('%s is just wrong during a lock', async (password) => {
  const first = await lock();

  const answer = await signIn(password);

  expect(answer.status).toBe(401);
  expect(answer.body).toEqual(first?.body);
});

test('a locked address without an account looks like any other', async () => {
  await lock();
  await lock('nobody@shop.example');

  const unknown = await signIn('wrong', 'nobody@shop.example');
  const known = await signIn('correct horse');

  expect([unknown.status, known.status]).toEqual([401, 401]);
  expect(known.body).toEqual(unknown.body);
});

test('the answer is the same to the last second of a lock', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  const first = await lock();
  clock.advance({ minutes: 15, seconds: -1 });

  const answer = await signIn('correct horse');

  expect(answer.status).toBe(401);
  expect(answer.body).toEqual(first?.body);
  clock.advance({ seconds: 1 });
  expect((await signIn('correct horse')).status).toBe(201);
});
