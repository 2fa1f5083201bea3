import { NodeSqliteDialect } from '@mikro-orm/sql';
import { CompiledQuery, type DatabaseConnection, type Driver } from 'kysely';

const writers = new Map<string, Promise<void>>();

async function takeTurn(file: string): Promise<() => void> {
  const before = writers.get(file) ?? Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  writers.set(
    file,
    before.then(() => promise),
  );
  await before;
  return resolve;
}

// 2025-02-11: a waiting `begin` of the in-process worker blocked the event loop of the request that held the
// lock, and both hung until the busy timeout. Writers of one process therefore queue here first.
function queueWriters(driver: Driver, file: string): Driver {
  const turns = new WeakMap<DatabaseConnection, () => void>();
  const endTurn = (connection: DatabaseConnection) => {
    turns.get(connection)?.();
    turns.delete(connection);
  };
  return new Proxy(driver, {
    get(target, property) {
      if (property === 'init') {
        return async (options?: never) => {
          await target.init(options);
          const connection = await target.acquireConnection();
          for (const pragma of [
            'journal_mode = wal',
            'synchronous = normal',
            'busy_timeout = 3000',
          ]) {
            await connection.executeQuery(CompiledQuery.raw(`pragma ${pragma}`));
          }
          await target.releaseConnection(connection);
        };
      }
      if (property === 'beginTransaction') {
        return async (connection: DatabaseConnection) => {
          turns.set(connection, await takeTurn(file));
          try {
            await connection.executeQuery(CompiledQuery.raw('begin immediate'));
          } catch (error) {
            endTurn(connection);
            throw error;
          }
        };
      }
      if (property === 'commitTransaction' || property === 'rollbackTransaction') {
        return async (connection: DatabaseConnection) => {
          try {
            await target[property](connection);
          } finally {
            endTurn(connection);
          }
        };
      }
      const value = Reflect.get(target, property);
      return typeof value === 'function' ? value.bind(target) : value;
    },
  });
}

export class OrdersDialect extends NodeSqliteDialect {
  readonly #file: string;

  constructor(file: string) {
    super(file);
    this.#file = file;
  }

  override createDriver(): Driver {
    return queueWriters(super.createDriver(), this.#file);
  }
}
