import { hash } from 'node:crypto'

/** Draws numbers from 0 to 1 that depend on `seed` alone. */
export type Draw = () => number

/** The same seed gives the same numbers: each is the beginning of a digest of seed and position. */
export function drawsFrom(seed: string): Draw {
  let at = 0
  return () => {
    at += 1
    return Number.parseInt(hash('sha256', `${seed}\n${at}`).slice(0, 12), 16) / 16 ** 12
  }
}

export function pick<T>(draw: Draw, list: readonly T[]): T {
  const one = list[Math.floor(draw() * list.length)]
  if (one === undefined) {
    throw new Error('nothing to pick from')
  }
  return one
}

const nouns = [
  'project',
  'document',
  'member',
  'notification',
  'invoice',
  'comment',
  'label',
  'export',
  'archive',
  'webhook',
  'audit',
  'seat',
]
const verbs = ['create', 'archive', 'restore', 'publish', 'list', 'filter', 'resend', 'count', 'lock', 'merge', 'rename', 'expire']
const types = ['str', 'int', 'datetime', 'bool', 'Decimal', 'UUID']

/** A Python module of about `lines` lines, as a backend might hold it. */
export function pythonModule(draw: Draw, lines: number): string {
  const text: string[] = ['from django.db import models, transaction', 'from docket.core import clock', '']
  while (text.length < lines) {
    const [noun, verb, other] = [pick(draw, nouns), pick(draw, verbs), pick(draw, nouns)]
    text.push(
      '',
      `def ${verb}_${noun}_${Math.floor(draw() * 1000)}(${noun}: ${pick(draw, types)}, *, ${other}_id: ${pick(draw, types)} = ${Math.floor(draw() * 90)}):`,
      `    ${other} = ${other.replace(/^./, (first) => first.toUpperCase())}.objects.select_related("${noun}").filter(pk=${other}_id).first()`,
      `    if ${other} is None:`,
      `        raise NotFound("${noun} ${Math.floor(draw() * 10_000)} has no ${other}")`,
      '    with transaction.atomic():',
      `        ${noun}.${verb}d_at = clock.now()`,
      `        ${noun}.save(update_fields=["${verb}d_at"])`,
      `    return ${noun}, ${other}.${pick(draw, verbs)}_count`,
    )
  }
  return `${text.join('\n')}\n`
}

/** A sentence of a model at work. */
export function remark(draw: Draw): string {
  return `${pick(draw, ['I look at', 'Next I check', 'I change', 'Now I read', 'I verify'])} how the ${pick(draw, nouns)} ${pick(draw, ['service', 'serializer', 'selector', 'migration', 'task'])} does it, since ${pick(draw, verbs)} touches the ${pick(draw, nouns)} as well.`
}
