import type { EntityManager } from '@mikro-orm/sql';
import { now } from '../../core/clock.ts';
import { transaction } from '../../db/transaction.ts';
import type { Shop } from '../shops/entities.ts';
import { MailRecord } from './entities.ts';
import type { Mail, Mailer } from './mailer.ts';

export interface KeyedMail extends Mail {
  readonly shop: Shop;
  readonly key: string;
}

export async function sendOnce(
  em: EntityManager,
  mailer: Mailer,
  { shop, key, to, subject, text }: KeyedMail,
): Promise<boolean> {
  const record = await transaction(em, async () => {
    const known = await em.findOne(MailRecord, { key });
    return known ?? em.create(MailRecord, { shop, key, recipient: to, subject });
  });
  if (record.sentAt) {
    return false;
  }
  await mailer.send({ to, subject, text });
  await transaction(em, async () => {
    record.sentAt = now();
  });
  return true;
}
