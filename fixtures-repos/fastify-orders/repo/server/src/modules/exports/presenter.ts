import type { ExportBody } from '../../../../contracts/exports.ts';
import { optionalTimestamp, timestamp } from '../../core/timestamps.ts';
import type { Export } from './entities.ts';

export function presentExport(wanted: Export): ExportBody {
  return {
    id: wanted.publicId,
    kind: wanted.kind,
    status: wanted.status,
    from: wanted.fromDay ?? null,
    to: wanted.toDay ?? null,
    rows: wanted.rows ?? null,
    requested_by: wanted.requestedBy.name,
    finished_at: optionalTimestamp(wanted.finishedAt),
    created_at: timestamp(wanted.createdAt),
  };
}
