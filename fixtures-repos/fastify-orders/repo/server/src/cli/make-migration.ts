import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { openMigrated } from '../db/scratch.ts';
import { PlainGenerator } from './plain-generator.ts';

const name = process.argv[2] ?? '';
if (!/^[a-z][a-z0-9_]{3,60}$/u.test(name)) {
  console.error('usage: ./orders make-migration <verb>_<table>_<what>, in snake_case');
  process.exit(2);
}

const folder = join(import.meta.dirname, '..', 'db', 'migrations');
const numbers = (await readdir(folder)).map((file) => Number(file.slice(0, 4)));
const number = String(Math.max(0, ...numbers) + 1).padStart(4, '0');
await using scratch = await openMigrated({
  fileName: () => `${number}_${name}`,
  generator: PlainGenerator,
});
const { fileName } = await scratch.orm.migrator.create();
console.log(
  fileName === '' ? 'The entities have not changed.' : `server/src/db/migrations/${fileName}`,
);
