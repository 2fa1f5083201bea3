import { buildApp } from './app.ts';
import { openOrm } from './db/orm.ts';
import { closeQueues, connectQueues } from './jobs/queues.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
const orm = await openOrm(settings.databaseFile);
connectQueues(settings);
const app = await buildApp({ orm, settings });

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await app.close();
    await closeQueues();
    await orm.close();
  });
}

await app.listen({ port: settings.port, host: '127.0.0.1' });
