import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { TestProject } from 'vitest/node';
import { openOrm } from '../../src/db/orm.ts';

declare module 'vitest' {
  interface ProvidedContext {
    folder: string;
    redisSocket: string;
  }
}

const missing =
  'The tests need redis-server on the PATH. Debian and Ubuntu: apt-get install redis-server; macOS: brew install redis.';

async function startRedis(folder: string, socket: string) {
  const flags = ['--port', '0', '--unixsocket', socket, '--save', '', '--appendonly', 'no'];
  const server = spawn('redis-server', [...flags, '--dir', folder], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ready = new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) =>
      reject(error.code === 'ENOENT' ? new Error(missing) : error),
    );
    server.once('exit', (code) => reject(new Error(`redis-server ended with ${code}.`)));
    server.stdout.on('data', (text: Buffer) => {
      if (/ready to accept/iu.test(text.toString())) {
        resolve();
      }
    });
  });
  await ready;
  return server;
}

export async function setup(project: TestProject) {
  const folder = await mkdtemp(join(tmpdir(), 'ord-'));
  const socket = join(folder, 'r.sock');
  const redis = await startRedis(folder, socket).catch(async (error: unknown) => {
    await rm(folder, { recursive: true, force: true });
    throw error;
  });
  const orm = await openOrm(join(folder, 'template.sqlite3'), { logger: () => undefined });
  await orm.migrator.up();
  await orm.close();
  project.provide('folder', folder);
  project.provide('redisSocket', socket);
  return async () => {
    const ended = once(redis, 'exit');
    redis.kill('SIGKILL');
    await ended;
    await rm(folder, { recursive: true, force: true });
  };
}
