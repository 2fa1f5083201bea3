import { expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { makeShop, makeStaff, makeUser } from '../support/factories.ts';

test('an owner adds a person by e-mail address', async () => {
  const shop = await makeShop();
  const owner = await makeStaff(shop, 'owner');
  const user = await makeUser({ email: 'new@shop.example', name: 'New' });

  const answer = await api(owner).post(`/shops/${shop.publicId}/staff`, {
    email: 'NEW@shop.example',
    role: 'clerk',
  });

  expect(answer.status).toBe(201);
  expect(answer.body).toMatchObject({ id: user.publicId, name: 'New', role: 'clerk' });
  expect((await api(user).get(`/shops/${shop.publicId}`)).body.my_role).toBe('clerk');
});

test('a person without an account is 404', async () => {
  const shop = await makeShop();
  const owner = await makeStaff(shop, 'owner');

  const answer = await api(owner).post(`/shops/${shop.publicId}/staff`, {
    email: 'nobody@shop.example',
    role: 'clerk',
  });

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('user_not_found');
});

test('adding somebody twice is 409', async () => {
  const shop = await makeShop();
  const owner = await makeStaff(shop, 'owner');

  const answer = await api(owner).post(`/shops/${shop.publicId}/staff`, {
    email: owner.email,
    role: 'clerk',
  });

  expect(answer.status).toBe(409);
  expect(answer.body.error).toMatchObject({ code: 'already_staff', field: 'email' });
});

test('a manager cannot change roles', async () => {
  const shop = await makeShop();
  const manager = await makeStaff(shop, 'manager');
  const path = `/shops/${shop.publicId}/staff/${manager.publicId}`;

  expect((await api(manager).patch(path, { role: 'owner' })).status).toBe(403);
});

test('the last owner can neither step down nor leave', async () => {
  const shop = await makeShop();
  const owner = await makeStaff(shop, 'owner');
  const path = `/shops/${shop.publicId}/staff/${owner.publicId}`;

  const stepDown = await api(owner).patch(path, { role: 'viewer' });
  const leave = await api(owner).delete(path);

  expect([stepDown.status, leave.status]).toEqual([409, 409]);
  expect(leave.body.error.code).toBe('last_owner');
});

test('one of two owners can leave', async () => {
  const shop = await makeShop();
  const owner = await makeStaff(shop, 'owner');
  const other = await makeStaff(shop, 'owner');

  const answer = await api(owner).delete(`/shops/${shop.publicId}/staff/${other.publicId}`);

  expect(answer.status).toBe(204);
  expect((await api(other).get(`/shops/${shop.publicId}`)).status).toBe(404);
});

test('staff of another shop is 404', async () => {
  const shop = await makeShop();
  const owner = await makeStaff(shop, 'owner');
  const stranger = await makeStaff(await makeShop(), 'clerk');

  const answer = await api(owner).delete(`/shops/${shop.publicId}/staff/${stranger.publicId}`);

  expect(answer.status).toBe(404);
  expect(answer.body.error.code).toBe('user_not_found');
});
