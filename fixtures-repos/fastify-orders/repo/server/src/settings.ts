import { join } from 'node:path';

const environments = ['local', 'test', 'production'] as const;

type Environment = (typeof environments)[number];

export interface Settings {
  readonly environment: Environment;
  readonly databaseFile: string;
  readonly redis: { readonly url: string } | { readonly path: string; readonly db: number };
  readonly port: number;
  readonly mailFrom: string;
  readonly paymentsUrl: string;
  readonly jobBackoffMs: number;
  readonly lowStockDelayMs: number;
  readonly logLevel: string;
}

function environmentFrom(value: string | undefined): Environment {
  const known = environments.find((each) => each === value);
  if (known === undefined) {
    throw new Error(
      `ORDERS_ENV is ${value ?? 'not set'}; start commands with ./orders, or set it to ${environments.join(', ')}.`,
    );
  }
  return known;
}

export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const environment = environmentFrom(env.ORDERS_ENV);
  return {
    environment,
    databaseFile: env.ORDERS_DATABASE ?? join(import.meta.dirname, '..', 'orders.sqlite3'),
    redis: env.ORDERS_REDIS_SOCKET
      ? { path: env.ORDERS_REDIS_SOCKET, db: Number(env.ORDERS_REDIS_DB ?? 0) }
      : { url: env.ORDERS_REDIS_URL ?? 'redis://127.0.0.1:6379/0' },
    port: Number(env.PORT ?? 3000),
    mailFrom: env.ORDERS_MAIL_FROM ?? 'shop@orders.example',
    paymentsUrl: env.ORDERS_PAYMENTS_URL ?? 'https://payments.orders.example',
    jobBackoffMs: environment === 'test' ? 10 : 15_000,
    lowStockDelayMs: environment === 'test' ? 20 : 10 * 60_000,
    logLevel: environment === 'test' ? 'silent' : (env.ORDERS_LOG_LEVEL ?? 'info'),
  };
}
