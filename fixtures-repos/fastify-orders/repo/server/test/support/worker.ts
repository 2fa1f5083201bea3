import { setTimeout as sleep } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import { type Orm, openOrm } from '../../src/db/orm.ts';
import { type QueueName, queueNames } from '../../src/jobs/job.ts';
import { queueNamed } from '../../src/jobs/queues.ts';
import { startWorkers } from '../../src/jobs/start-workers.ts';
import { settings } from './backend.ts';
import { fakePorts } from './fake-ports.ts';

const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

let workerOrm: Orm | null = null;

async function countUnfinished(queues: readonly QueueName[]): Promise<number> {
  const counts = await Promise.all(
    queues.map((name) =>
      queueNamed(name).getJobCountByTypes('waiting', 'active', 'delayed', 'prioritized'),
    ),
  );
  return counts.reduce((sum, count) => sum + count, 0);
}

export async function startWorker(...only: QueueName[]) {
  const queues = only.length > 0 ? only : queueNames;
  workerOrm ??= await openOrm(settings.databaseFile);
  const workers = startWorkers({ orm: workerOrm, ports: fakePorts, settings, log: quiet, queues });
  await Promise.all(workers.map((worker) => worker.waitUntilReady()));
  onTestFinished(async () => {
    await Promise.all(workers.map((worker) => worker.close(true)));
  });
  return {
    async idle({ within = 8000 } = {}): Promise<void> {
      const deadline = Date.now() + within;
      while ((await countUnfinished(queues)) > 0) {
        if (Date.now() > deadline) {
          throw new Error(`The queues ${queues.join(', ')} were not idle within ${within} ms.`);
        }
        await sleep(4);
      }
    },
  };
}
