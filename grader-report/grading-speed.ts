import { grade } from '../src/grading/grade.ts'
import { rules } from '../src/grading/rules.ts'
import type { Syntax } from '../src/syntax/syntax.ts'
import type { ToldChange } from '../test/grading/evidence-builder.ts'
import { sessionView, type ToldTurn } from '../test/grading/session-builder.ts'

const FILES = 40

/** A trial of forty changed files, half of them new, with a turn of the model for each. */
export function largeTrial() {
  const changes = Array.from({ length: FILES }, (_, at): ToldChange => {
    const [path, text] = at % 2 === 0 ? [`backend/app${at}/services.py`, python(at)] : [`backend/src/app${at}.ts`, script(at)]
    return [path, at % 4 < 2 ? null : text.replaceAll('amount', 'value'), text]
  })
  const turns = changes.map(([path], at): ToldTurn => ({ calls: [['write', path]], tree: changes.slice(0, at + 1) }))
  return sessionView({
    turns: [...turns, { calls: [['bash', './dev test', '5 passed in 1s']] }],
    message: 'Done. All tests pass.',
    fixture: { layers: [{ name: 'services', globs: ['backend/**'] }] },
    base: Object.fromEntries(Array.from({ length: 100 }, (_, at) => [`backend/old${at}/services.py`, python(at)])),
  })
}

/** Milliseconds of processor time that judging such a trial by every rule takes, the best of three: what else the machine does is not in it. */
export function gradingSpeed(syntax: Syntax): { readonly files: number; readonly ms: number } {
  const times = Array.from({ length: 3 }, () => {
    const view = largeTrial()
    const begun = process.cpuUsage()
    grade(view, rules, syntax)
    const { user, system } = process.cpuUsage(begun)
    return (user + system) / 1000
  })
  return { files: FILES, ms: Math.min(...times) }
}

function python(at: number): string {
  return Array.from(
    { length: 12 },
    (_, n) =>
      `def settle_${at}_${n}(order, amount):\n    if amount < ${n}:\n        raise Conflict("too small")\n    for line in order.lines.all():\n        line.amount = amount + ${at}\n    return order.total(amount)\n`,
  ).join('\n\n')
}

function script(at: number): string {
  return Array.from(
    { length: 12 },
    (_, n) =>
      `export function settle${at}${n}(order: Order, amount: number): number {\n  if (amount < ${n}) {\n    throw new Conflict('too small')\n  }\n  for (const line of order.lines) {\n    line.amount = amount + ${at}\n  }\n  return order.total(amount)\n}\n`,
  ).join('\n')
}
