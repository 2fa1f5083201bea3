import type { EntityManager } from '@mikro-orm/sql';
import { now } from '../../core/clock.ts';
import { NotAuthenticated } from '../../core/errors.ts';
import { transaction } from '../../db/transaction.ts';
import { AccessToken, type User } from './entities.ts';
import { newToken, passwordMatches, tokenHash } from './passwords.ts';
import { findUserByEmail } from './repository.ts';

const sessionDays = 14;

export interface Session {
  readonly token: string;
  readonly expiresAt: Date;
}

export async function startSession(
  em: EntityManager,
  { email, password }: { email: string; password: string },
): Promise<Session> {
  const user = await findUserByEmail(em, email);
  if (user === null || !passwordMatches(password, user.passwordHash)) {
    throw new NotAuthenticated('The e-mail address or the password is wrong.');
  }
  return issueToken(em, { user });
}

export async function issueToken(em: EntityManager, { user }: { user: User }): Promise<Session> {
  const token = newToken();
  const expiresAt = new Date(now().getTime() + sessionDays * 24 * 3600 * 1000);
  await transaction(em, async () => {
    em.create(AccessToken, { user, tokenHash: tokenHash(token), expiresAt });
  });
  return { token, expiresAt };
}

export async function endSession(em: EntityManager, { token }: { token: string }): Promise<void> {
  await transaction(em, async () => {
    await em.nativeDelete(AccessToken, { tokenHash: tokenHash(token) });
  });
}
