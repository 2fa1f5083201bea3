import { beforeEach, expect, test } from 'vitest';
import { User } from '../../src/modules/accounts/entities.ts';
import { hashPassword } from '../../src/modules/accounts/passwords.ts';
import { api } from '../support/api.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeShop, makeStaff } from '../support/factories.ts';

const passwordHash = hashPassword('correct horse');

beforeEach(async () => {
  const em = db();
  const email = 'kim@shop.example';
  em.create(User, { name: 'Kim', email, emailKey: email, passwordHash });
  await em.flush();
});

const signIn = (email: string, password: string) =>
  api(null).post('/sessions', { email, password });

test('signing in gives a token that opens the account', async () => {
  freezeClock('2026-03-09T08:30:15Z');

  const session = await signIn('Kim@Shop.example', 'correct horse');
  const me = await api(null).get('/me', undefined, {
    authorization: `Bearer ${session.body.token}`,
  });

  expect(session.status).toBe(201);
  expect(session.body.expires_at).toBe('2026-03-23T08:30:15Z');
  expect(me.body).toMatchObject({ name: 'Kim', shops: [] });
});

test('a wrong password and an unknown address give the same answer', async () => {
  const wrong = await signIn('kim@shop.example', 'wrong');
  const unknown = await signIn('nobody@shop.example', 'correct horse');

  expect(wrong.status).toBe(401);
  expect(unknown.body).toEqual(wrong.body);
});

test('a token ends after fourteen days', async () => {
  const clock = freezeClock('2026-03-09T08:30:15Z');
  const { body } = await signIn('kim@shop.example', 'correct horse');
  const headers = { authorization: `Bearer ${body.token}` };

  clock.advance({ days: 14, seconds: -1 });
  expect((await api(null).get('/me', undefined, headers)).status).toBe(200);
  clock.advance({ seconds: 1 });
  expect((await api(null).get('/me', undefined, headers)).status).toBe(401);
});

test('signing out ends the token', async () => {
  const { body } = await signIn('kim@shop.example', 'correct horse');
  const headers = { authorization: `Bearer ${body.token}` };

  expect((await api(null).delete('/sessions/current', undefined, headers)).status).toBe(204);
  expect((await api(null).get('/me', undefined, headers)).status).toBe(401);
});

test('the account lists its shops with the role in each', async () => {
  const shop = await makeShop({ name: 'Tea House' });
  const clerk = await makeStaff(shop, 'clerk');

  const answer = await api(clerk).get('/me');

  expect(answer.body.shops).toEqual([{ id: shop.publicId, name: 'Tea House', role: 'clerk' }]);
});
