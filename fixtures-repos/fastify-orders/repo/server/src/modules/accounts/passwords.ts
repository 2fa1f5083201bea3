import { createHash, randomBytes, scryptSync, timingSafeEqual } from 'node:crypto';

const cost = { N: 4096, r: 8, p: 1 };

export function hashPassword(password: string): string {
  const salt = randomBytes(16);
  const hash = scryptSync(password.normalize('NFKC'), salt, 32, cost);
  return `${salt.toString('hex')}:${hash.toString('hex')}`;
}

export function passwordMatches(password: string, stored: string): boolean {
  const [salt = '', expected = ''] = stored.split(':');
  const hash = scryptSync(password.normalize('NFKC'), Buffer.from(salt, 'hex'), 32, cost);
  const wanted = Buffer.from(expected, 'hex');
  return wanted.length === hash.length && timingSafeEqual(wanted, hash);
}

export function newToken(): string {
  return randomBytes(24).toString('base64url');
}

export function tokenHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}
