import type { EntityManager } from '@mikro-orm/sql';
import { NotFound } from '../../core/errors.ts';
import type { User } from '../accounts/entities.ts';
import { Membership, Shop } from './entities.ts';

export async function findMembership(
  em: EntityManager,
  { shopId, user }: { shopId: string; user: User },
) {
  return em.findOne(Membership, { user, shop: { publicId: shopId } }, { populate: ['shop'] });
}

export async function listMemberships(em: EntityManager, { user }: { user: User }) {
  return em.find(
    Membership,
    { user },
    { populate: ['shop'], orderBy: { shop: { name: 'asc' }, id: 'asc' } },
  );
}

export async function listStaff(em: EntityManager, { shop }: { shop: Shop }) {
  return em.find(Membership, { shop }, { populate: ['user'], orderBy: { id: 'asc' } });
}

export async function getStaff(
  em: EntityManager,
  { shop, userId }: { shop: Shop; userId: string },
) {
  const member = await em.findOne(
    Membership,
    { shop, user: { publicId: userId } },
    { populate: ['user'] },
  );
  if (member === null) {
    throw new NotFound('user_not_found', 'There is no such user in this shop.');
  }
  return member;
}

export async function countOwners(em: EntityManager, { shop }: { shop: Shop }): Promise<number> {
  return em.count(Membership, { shop, role: 'owner' });
}

export async function isSlugTaken(em: EntityManager, slug: string): Promise<boolean> {
  return (await em.count(Shop, { slug })) > 0;
}
