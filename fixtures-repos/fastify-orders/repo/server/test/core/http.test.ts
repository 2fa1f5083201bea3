import { expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { app } from '../support/backend.ts';
import { makeShop, makeStaff, makeUser } from '../support/factories.ts';

test('every error has the same shape', async () => {
  const answer = await api(null).get('/shops');

  expect(answer.status).toBe(401);
  expect(answer.body).toEqual({
    error: {
      code: 'not_authenticated',
      message: 'A valid access token is needed.',
      field: null,
      details: {},
    },
  });
});

test('an unknown address is 404', async () => {
  const answer = await api(null).get('/nothing');

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('route_not_found');
});

test('malformed JSON is 400', async () => {
  const answer = await app.inject({
    method: 'POST',
    url: '/api/sessions',
    headers: { 'content-type': 'application/json' },
    payload: '{"email":',
  });

  expect(answer.statusCode).toBe(400);
  expect(answer.json().error.code).toBe('bad_request');
});

test('the request id of the caller is answered', async () => {
  const answer = await app.inject({ url: '/health', headers: { 'x-request-id': 'abc-1' } });

  expect(answer.headers['x-request-id']).toBe('abc-1');
});

test('a request without an id gets one', async () => {
  const answer = await app.inject({ url: '/health' });

  expect(answer.headers['x-request-id']).toMatch(/^req_[0-9a-f-]{36}$/);
});

test('a malformed id in an address is 404 without a look into the database', async () => {
  const shop = await makeShop();
  const viewer = await makeStaff(shop, 'viewer');

  const answer = await api(viewer).get(`/shops/${shop.publicId}/orders/1`);

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('order_not_found');
});

test('a shop of others does not exist', async () => {
  const shop = await makeShop();

  const answer = await api(await makeUser()).get(`/shops/${shop.publicId}`);

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('shop_not_found');
});
