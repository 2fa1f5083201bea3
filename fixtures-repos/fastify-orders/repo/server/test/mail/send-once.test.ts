import { expect, test } from 'vitest';
import { MailRecord } from '../../src/modules/mail/entities.ts';
import { sendOnce } from '../../src/modules/mail/send-once.ts';
import { db } from '../support/backend.ts';
import { freezeClock } from '../support/clock.ts';
import { makeShop } from '../support/factories.ts';
import { fakePorts, mailFails, outbox } from '../support/fake-ports.ts';

async function sender() {
  const shop = await makeShop();
  return async (key: string) => {
    const em = db();
    const mail = { to: 'robin@mail.example', subject: 'Hello', text: 'Hello' };
    return sendOnce(em, fakePorts.mailer, { shop: em.merge(shop), key, ...mail });
  };
}

test('a key is sent once', async () => {
  const send = await sender();

  expect([await send('a'), await send('a'), await send('b')]).toEqual([true, false, true]);
  expect(outbox).toHaveLength(2);
});

test('a mail that failed is sent by the next attempt', async () => {
  freezeClock('2026-03-09T08:30:15Z');
  const send = await sender();
  mailFails(new Error('mailbox full'));

  await expect(send('a')).rejects.toThrow('mailbox full');
  expect((await db().findOneOrFail(MailRecord, { key: 'a' })).sentAt).toBeNull();
  expect(await send('a')).toBe(true);

  const record = await db().findOneOrFail(MailRecord, { key: 'a' });
  expect(record.sentAt).toEqual(new Date('2026-03-09T08:30:15Z'));
  expect(outbox).toHaveLength(1);
});
