import { expect, onTestFinished, test, vi } from 'vitest';
import { queueNamed } from '../../src/jobs/queues.ts';
import { api } from '../support/api.ts';
import { makeCustomer, makeOrder, makeProduct, makeShop, makeStaff } from '../support/factories.ts';
import { fakePorts, outbox } from '../support/fake-ports.ts';
import { startWorker } from '../support/worker.ts';

const robin = 'robin@mail.example';
const alerts = 'alerts@shop.example';

async function placed({ alertEmail = alerts as string | null, customerEmail = robin } = {}) {
  const shop = await makeShop({ alertEmail });
  const clerk = await makeStaff(shop, 'clerk');
  const customer = await makeCustomer(shop, { email: customerEmail });
  const product = await makeProduct(shop, { price: 1000 });
  const lines = [{ product, quantity: 2 }];
  const order = await makeOrder(shop, { status: 'placed', customer, lines });
  const path = `/shops/${shop.publicId}/orders/${order.publicId}/payments`;
  const pay = async (amount: number, reference = 'tx-1') => {
    const answer = await api(clerk).post(path, { amount, reference, method: 'transfer' });
    expect(answer.status).toBe(201);
  };
  return { order, pay };
}

function refuses(times: Readonly<Record<string, number>>) {
  const left = new Map(Object.entries(times));
  const spy = vi.spyOn(fakePorts.mailer, 'send').mockImplementation(async (mail) => {
    const refusals = left.get(mail.to) ?? 0;
    if (refusals > 0) {
      left.set(mail.to, refusals - 1);
      throw new Error('mailbox full');
    }
    outbox.push(mail);
  });
  onTestFinished(() => {
    spy.mockRestore();
  });
}

const recipients = () => outbox.map(({ to }) => to).toSorted();

async function runAll() {
  const worker = await startWorker('mail');
  await worker.idle();
}

async function waiting() {
  const jobs = await queueNamed('mail').getJobs(['waiting', 'delayed', 'prioritized']);
  return jobs.map(({ name, data, opts: { attempts, backoff } }) => ({
    name,
    data,
    opts: { attempts: attempts ?? 1, ...(backoff ? { backoff } : {}) },
  }));
}

test('receipt and copy say what was received', async () => {
  const { order, pay } = await placed();
  await pay(1500);
  await runAll();

  const subject = `Payment received for order ${order.number}`;
  const text = 'We received 15.00 EUR. Thank you.';
  expect(outbox.toSorted((one, other) => one.to.localeCompare(other.to))).toEqual([
    { to: alerts, subject, text },
    { to: robin, subject, text },
  ]);
});

test('a copy that is refused once comes with the retry, the receipt not again', async () => {
  const { pay } = await placed();
  refuses({ [alerts]: 1 });
  await pay(1500);
  await runAll();

  expect(recipients()).toEqual([alerts, robin]);
});

test('a copy that is refused twice comes with the last attempt', async () => {
  const { pay } = await placed();
  refuses({ [alerts]: 2 });
  await pay(1500);
  await runAll();

  expect(recipients()).toEqual([alerts, robin]);
  expect(await queueNamed('mail').getFailedCount()).toBe(0);
});

test('a copy that is always refused leaves one receipt and a failed job', async () => {
  const { pay } = await placed();
  refuses({ [alerts]: 100 });
  await pay(1500);
  await runAll();

  expect(recipients()).toEqual([robin]);
  expect(await queueNamed('mail').getFailedCount()).toBe(1);
});

test('a failed job that is retried by hand sends what is missing', async () => {
  const { pay } = await placed();
  refuses({ [alerts]: 3 });
  await pay(1500);
  const worker = await startWorker('mail');
  await worker.idle();
  expect(recipients()).toEqual([robin]);

  for (const job of await queueNamed('mail').getFailed()) {
    await job.retry();
  }
  await worker.idle();

  expect(recipients()).toEqual([alerts, robin]);
});

test('a receipt that is refused once comes with the retry, the copy not twice', async () => {
  const { pay } = await placed();
  refuses({ [robin]: 1 });
  await pay(1500);
  await runAll();

  expect(recipients()).toEqual([alerts, robin]);
});

test('a receipt that is always refused makes no second copy', async () => {
  const { pay } = await placed();
  refuses({ [robin]: 100 });
  await pay(1500);
  await runAll();

  expect(recipients().filter((to) => to === robin)).toEqual([]);
  expect(outbox.length).toBeLessThan(2);
  expect(await queueNamed('mail').getFailedCount()).toBe(1);
});

test('both can be refused once', async () => {
  const { pay } = await placed();
  refuses({ [robin]: 1, [alerts]: 1 });
  await pay(1500);
  await runAll();

  expect(recipients()).toEqual([alerts, robin]);
});

test.each([
  ['with a copy', alerts, [alerts, robin]],
  ['without a copy', null, [robin]],
])('jobs that are delivered twice %s send nothing twice', async (_, alertEmail, expected) => {
  const { pay } = await placed({ alertEmail });
  await pay(1500);
  const jobs = await waiting();
  const worker = await startWorker('mail');
  await worker.idle();

  await queueNamed('mail').addBulk(jobs);
  await worker.idle();

  expect(recipients()).toEqual(expected);
});

test('each payment of an order has a receipt and a copy', async () => {
  const { pay } = await placed();
  const worker = await startWorker('mail');
  await pay(500, 'tx-1');
  await worker.idle();
  await pay(500, 'tx-2');
  await worker.idle();

  expect(recipients()).toEqual([alerts, alerts, robin, robin]);
});

test('payments of two orders may have one reference', async () => {
  const first = await placed();
  const second = await placed({
    alertEmail: 'other@shop.example',
    customerEmail: 'kim@mail.example',
  });
  const worker = await startWorker('mail');
  await first.pay(1500);
  await worker.idle();
  await second.pay(1500);
  await worker.idle();

  expect(recipients()).toEqual([alerts, 'kim@mail.example', 'other@shop.example', robin]);
});
