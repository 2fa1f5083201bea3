import type { EntityManager } from '@mikro-orm/sql';
import { Conflict } from '../../core/errors.ts';
import { transaction } from '../../db/transaction.ts';
import { afterCommit } from '../../jobs/after-commit.ts';
import { writeExport } from '../../jobs/definitions.ts';
import type { User } from '../accounts/entities.ts';
import { recordEvent } from '../audit/record-event.ts';
import type { Shop } from '../shops/entities.ts';
import { Export } from './entities.ts';
import { countQueued } from './repository.ts';
import type { NewExport } from './schemas.ts';

const maximumQueued = 3;

export async function requestExport(
  em: EntityManager,
  { actor, shop, input }: { actor: User; shop: Shop; input: NewExport },
): Promise<Export> {
  return transaction(em, async () => {
    if ((await countQueued(em, { shop })) >= maximumQueued) {
      throw new Conflict('too_many_exports', 'Wait until an export of the shop is finished.', {
        details: { maximum: maximumQueued },
      });
    }
    const wanted = em.create(Export, {
      shop,
      kind: input.kind,
      fromDay: input.from ?? null,
      toDay: input.to ?? null,
      requestedBy: actor,
    });
    await em.flush();
    recordEvent(em, { shop, actor, action: 'export.requested', subject: wanted.publicId });
    const exportId = wanted.publicId;
    await afterCommit(em, writeExport, { exportId }, { jobId: `export.${exportId}` });
    return wanted;
  });
}
