import type { EntityName, FilterQuery, FindOptions, Loaded } from '@mikro-orm/core';
import type { EntityManager } from '@mikro-orm/sql';
import { z } from 'zod';
import type { Page } from '../../../contracts/page.ts';
import { ValidationFailed } from './errors.ts';

export const pageQuery = {
  limit: z.coerce.number().int().min(1).max(100).default(20),
  cursor: z.string().max(200).optional(),
};

export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

export interface Sort {
  readonly field: string;
  readonly direction: 'asc' | 'desc';
}

export const newestFirst: Sort = { field: 'createdAt', direction: 'desc' };

type Position = readonly [value: string | number, id: number];

function encode(value: unknown, id: number): string {
  const plain = value instanceof Date ? value.getTime() : value;
  return Buffer.from(JSON.stringify([plain, id])).toString('base64url');
}

function decode(cursor: string): Position {
  try {
    const position: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    return z.tuple([z.union([z.string(), z.number()]), z.int()]).parse(position);
  } catch {
    throw new ValidationFailed('invalid_cursor', 'The cursor was not given by this list.', {
      field: 'cursor',
    });
  }
}

function behind({ field, direction }: Sort, [value, id]: Position): object {
  const further = direction === 'asc' ? '$gt' : '$lt';
  const moment = field.endsWith('At') ? new Date(value) : value;
  return {
    $or: [{ [field]: { [further]: moment } }, { [field]: moment, id: { [further]: id } }],
  };
}

export async function paginate<Entity extends { id: number }, Hint extends string = never>(
  em: EntityManager,
  entity: EntityName<Entity>,
  where: FilterQuery<NoInfer<Entity>>,
  request: PageRequest,
  options: FindOptions<NoInfer<Entity>, Hint> & { readonly sort?: Sort } = {},
): Promise<{ rows: Loaded<Entity, Hint>[]; next: string | null }> {
  const { sort = newestFirst, ...find } = options;
  const from = request.cursor === undefined ? [] : [behind(sort, decode(request.cursor))];
  const found = await em.find(
    entity,
    { $and: [where, ...from] } as never,
    {
      ...find,
      orderBy: [{ [sort.field]: sort.direction }, { id: sort.direction }] as never,
      limit: request.limit + 1,
    } as FindOptions<Entity, Hint>,
  );
  const rows = found.slice(0, request.limit) as Loaded<Entity, Hint>[];
  const last = rows.at(-1);
  const more = found.length > request.limit && last !== undefined;
  const value = last === undefined ? null : Reflect.get(last, sort.field);
  return { rows, next: more ? encode(value, last.id) : null };
}

export function page<Row, Item>(
  { rows, next }: { rows: readonly Row[]; next: string | null },
  present: (row: Row) => Item,
): Page<Item> {
  return { items: rows.map(present), page: { size: rows.length, next } };
}
