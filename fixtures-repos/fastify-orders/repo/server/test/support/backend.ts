import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { Redis } from 'ioredis';
import { inject } from 'vitest';
import { buildApp } from '../../src/app.ts';
import { type Orm, openOrm } from '../../src/db/orm.ts';
import type { QueueName } from '../../src/jobs/job.ts';
import { connectQueues, queueNamed } from '../../src/jobs/queues.ts';
import { readSettings } from '../../src/settings.ts';
import { noteQuery } from './queries.ts';

const pool = process.env.VITEST_POOL_ID ?? '1';
const file = join(inject('folder'), `worker-${pool}.sqlite3`);

export const settings = readSettings({
  ...process.env,
  ORDERS_DATABASE: file,
  ORDERS_REDIS_SOCKET: inject('redisSocket'),
  ORDERS_REDIS_DB: String(Number(pool) % 16),
});

copyFileSync(join(inject('folder'), 'template.sqlite3'), file);

export const orm: Orm = await openOrm(file, {
  onQuery: (sql) => {
    noteQuery(sql);
    return sql;
  },
});

connectQueues(settings);
export const app = await buildApp({ orm, settings });

const redis = new Redis({ ...settings.redis, maxRetriesPerRequest: null });
const cleaner = new DatabaseSync(file);
cleaner.exec('pragma synchronous = off');
const tables = cleaner
  .prepare("select name from sqlite_master where type = 'table' and name not like 'sqlite_%'")
  .all()
  .map(({ name }) => String(name))
  .filter((name) => name !== 'migrations');
const emptyTables = [
  'pragma foreign_keys = off',
  'begin',
  ...tables.map((name) => `delete from "${name}"`),
  'commit',
].join(';');

export async function resetBackend(): Promise<void> {
  cleaner.exec(emptyTables);
  await redis.flushdb();
}

export function db() {
  return orm.em.fork();
}

export async function queuedJobs(queue: QueueName) {
  const jobs = await queueNamed(queue).getJobs(['waiting', 'delayed', 'prioritized']);
  return jobs.map(({ id, name, data }) => ({ id, name, payload: data.payload }));
}
