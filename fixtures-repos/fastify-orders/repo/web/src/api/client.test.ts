import { afterEach, expect, test, vi } from 'vitest';
import { ApiError, createClient } from './client.ts';

afterEach(() => vi.unstubAllGlobals());

function answer(status: number, body: unknown) {
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify(body), { status }));
}

test('an error carries code and field', async () => {
  answer(422, { error: { code: 'invalid_input', message: 'No.', field: 'name', details: {} } });

  const error = await createClient('t', () => undefined).get('/shops').catch((reason) => reason);

  expect(error).toBeInstanceOf(ApiError);
  expect([error.status, error.code, error.field]).toEqual([422, 'invalid_input', 'name']);
});

test('a token that ended signs out', async () => {
  answer(401, { error: { code: 'not_authenticated', message: 'No.', field: null, details: {} } });
  const signedOut = vi.fn();

  await createClient('t', signedOut).get('/me').catch(() => undefined);

  expect(signedOut).toHaveBeenCalledOnce();
});
