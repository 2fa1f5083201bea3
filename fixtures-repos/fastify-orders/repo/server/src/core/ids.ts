import { randomInt } from 'node:crypto';

const alphabet = '23456789abcdefghjkmnpqrstuvwxyz';
const length = 14;

const prefixes = {
  user: 'usr',
  shop: 'shp',
  product: 'prd',
  customer: 'cus',
  order: 'ord',
  payment: 'pay',
  refund: 'ref',
  shipment: 'shm',
  webhook: 'whk',
  delivery: 'dlv',
  export: 'exp',
  event: 'evt',
} as const;

export type IdKind = keyof typeof prefixes;

export function newId(kind: IdKind): string {
  const characters = Array.from({ length }, () => alphabet[randomInt(alphabet.length)]);
  return `${prefixes[kind]}_${characters.join('')}`;
}

export function isId(kind: IdKind, value: string): boolean {
  const [prefix, rest = ''] = value.split('_');
  return (
    prefix === prefixes[kind] &&
    rest.length === length &&
    [...rest].every((character) => alphabet.includes(character))
  );
}
