import { pino } from 'pino';
import { openOrm } from './db/orm.ts';
import { queueNames } from './jobs/job.ts';
import { closeQueues, connectQueues } from './jobs/queues.ts';
import { startWorkers } from './jobs/start-workers.ts';
import { createPorts } from './ports.ts';
import { readSettings } from './settings.ts';

const settings = readSettings(process.env);
const orm = await openOrm(settings.databaseFile);
connectQueues(settings);
const log = pino({ level: settings.logLevel });
const workers = startWorkers({
  orm,
  ports: createPorts(settings),
  settings,
  log,
  queues: queueNames,
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, async () => {
    await Promise.all(workers.map((worker) => worker.close()));
    await closeQueues();
    await orm.close();
  });
}
