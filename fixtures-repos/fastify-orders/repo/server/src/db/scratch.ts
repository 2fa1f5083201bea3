import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MigrationsOptions } from '@mikro-orm/core';
import { migrationOptions, type Orm, openOrm } from './orm.ts';

export interface Scratch extends AsyncDisposable {
  readonly orm: Orm;
}

export async function openMigrated(extra: MigrationsOptions = {}): Promise<Scratch> {
  const folder = await mkdtemp(join(tmpdir(), 'orders-'));
  const orm = await openOrm(join(folder, 'scratch.sqlite3'), {
    migrations: { ...migrationOptions, ...extra },
  });
  await orm.migrator.up();
  return {
    orm,
    async [Symbol.asyncDispose]() {
      await orm.close();
      await rm(folder, { recursive: true });
    },
  };
}
