import type { EntityManager } from '@mikro-orm/sql';
import { now } from '../../core/clock.ts';
import { emailKey } from '../../core/text.ts';
import { AccessToken, User } from './entities.ts';
import { tokenHash } from './passwords.ts';

export async function findUserByToken(em: EntityManager, token: string): Promise<User | null> {
  const found = await em.findOne(
    AccessToken,
    { tokenHash: tokenHash(token), expiresAt: { $gt: now() } },
    { populate: ['user'] },
  );
  return found?.user ?? null;
}

export async function findUserByEmail(em: EntityManager, email: string): Promise<User | null> {
  return em.findOne(User, { emailKey: emailKey(email) });
}
