import type { EntityManager } from '@mikro-orm/sql';
import { currentRequestId } from '../../core/request-id.ts';
import type { User } from '../accounts/entities.ts';
import type { Shop } from '../shops/entities.ts';
import type { Action } from './actions.ts';
import { AuditEvent } from './entities.ts';

export interface RecordedEvent {
  readonly shop: Shop;
  readonly actor: User | null;
  readonly action: Action;
  readonly subject: string;
  readonly data?: Record<string, unknown>;
}

export function recordEvent(
  em: EntityManager,
  { shop, actor, action, subject, data }: RecordedEvent,
) {
  return em.create(AuditEvent, {
    shop,
    actor,
    action,
    subject,
    data: data ?? {},
    requestId: currentRequestId(),
  });
}
