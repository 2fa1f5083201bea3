import type { FastifyRequest } from 'fastify';
import { NotAuthenticated, NotFound, PermissionDenied } from '../core/errors.ts';
import { type IdKind, isId } from '../core/ids.ts';
import type { User } from '../modules/accounts/entities.ts';
import { findUserByToken } from '../modules/accounts/repository.ts';
import type { Shop } from '../modules/shops/entities.ts';
import { findMembership } from '../modules/shops/repository.ts';
import { type Role, reaches } from '../modules/shops/roles.ts';

export interface ShopAccess {
  readonly em: FastifyRequest['em'];
  readonly actor: User;
  readonly shop: Shop;
  readonly role: Role;
}

export async function signedIn(request: FastifyRequest): Promise<User> {
  const [scheme, token] = request.headers.authorization?.split(' ') ?? [];
  const user = scheme === 'Bearer' && token ? await findUserByToken(request.em, token) : null;
  if (user === null) {
    throw new NotAuthenticated();
  }
  return user;
}

export async function inShop(request: FastifyRequest, needed: Role): Promise<ShopAccess> {
  const actor = await signedIn(request);
  const membership = await findMembership(request.em, {
    shopId: idParam(request, 'shop'),
    user: actor,
  });
  if (membership === null) {
    throw new NotFound('shop_not_found', 'There is no such shop.');
  }
  if (!reaches(membership.role, needed)) {
    throw new PermissionDenied();
  }
  return { em: request.em, actor, shop: membership.shop, role: membership.role };
}

export function idParam(request: FastifyRequest, kind: IdKind): string {
  const params = request.params as Readonly<Record<string, string>>;
  const value = params[`${kind}Id`] ?? '';
  if (!isId(kind, value)) {
    throw new NotFound(`${kind}_not_found`, `There is no such ${kind}.`);
  }
  return value;
}

export function numberParam(request: FastifyRequest, name: string): number {
  const params = request.params as Readonly<Record<string, string>>;
  const value = params[name] ?? '';
  if (!/^[1-9]\d{0,8}$/u.test(value)) {
    throw new NotFound(`${name}_not_found`, `There is no such ${name}.`);
  }
  return Number(value);
}
