import { openOrm } from '../db/orm.ts';
import { readSettings } from '../settings.ts';

const orm = await openOrm(readSettings(process.env).databaseFile);
const applied = await orm.migrator.up();
console.log(
  applied.length === 0 ? 'Nothing to migrate.' : applied.map(({ name }) => name).join('\n'),
);
await orm.close();
