import { join } from 'node:path';
import type { MigrationsOptions } from '@mikro-orm/core';
import { Migrator } from '@mikro-orm/migrations';
import { MikroORM, type Options, SqliteDriver } from '@mikro-orm/sql';
import { OrdersDialect } from './dialect.ts';
import { entities } from './entities.ts';

export type Orm = MikroORM<SqliteDriver>;

export const migrationOptions: MigrationsOptions = {
  path: join(import.meta.dirname, 'migrations'),
  glob: '*.ts',
  emit: 'ts',
  snapshot: false,
  tableName: 'migrations',
};

export async function openOrm(file: string, extra: Options<SqliteDriver> = {}): Promise<Orm> {
  return MikroORM.init<SqliteDriver>({
    driver: SqliteDriver,
    dbName: file,
    driverOptions: new OrdersDialect(file),
    entities: [...entities],
    extensions: [Migrator],
    forceUtcTimezone: true,
    migrations: migrationOptions,
    ...extra,
  });
}
