import { openMigrated } from '../db/scratch.ts';

await using scratch = await openMigrated();
if (await scratch.orm.migrator.checkSchema()) {
  console.error('The entities differ from the migrations; run ./orders make-migration.');
  process.exitCode = 1;
} else {
  console.log('The migrations match the entities.');
}
