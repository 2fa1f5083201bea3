import { defineEntity, type InferEntity, p } from '@mikro-orm/core';
import { now } from '../../core/clock.ts';
import { newId } from '../../core/ids.ts';
import { User } from '../accounts/entities.ts';
import { Shop } from '../shops/entities.ts';

export const exportKinds = ['orders', 'customers'] as const;

export type ExportKind = (typeof exportKinds)[number];

export type ExportStatus = 'queued' | 'ready' | 'failed';

export const Export = defineEntity({
  name: 'Export',
  properties: {
    id: p.integer().primary(),
    publicId: p
      .string()
      .length(32)
      .unique()
      .onCreate(() => newId('export')),
    shop: () => p.manyToOne(Shop),
    kind: p.string().length(20).$type<ExportKind>(),
    status: p.string().length(20).$type<ExportStatus>().default('queued'),
    fromDay: p.string().length(10).nullable(),
    toDay: p.string().length(10).nullable(),
    rows: p.integer().nullable(),
    content: p.text().nullable().lazy(),
    requestedBy: () => p.manyToOne(User),
    finishedAt: p.datetime().nullable(),
    createdAt: p.datetime().onCreate(now),
  },
});
export type Export = InferEntity<typeof Export>;
