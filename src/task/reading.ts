import { shuffled } from '../evidence/draw.ts'
import type { AnswerTable } from '../simulated-user/simulated-user.ts'
import type { Receipt, Task } from './task.ts'

/**
 * The reading of a task's open questions that trial `k` (from 1) is about; null where nothing is open. Drawn from sha256 over seed, task and k alone, so
 * every arm of a comparison gets the same; n trials in a row see each of n readings once, in an order that is drawn.
 */
export function drawReading(task: Task, seed: string, k: number): string | null {
  const ids = [...task.readings.keys()].toSorted()
  const block = Math.floor((k - 1) / ids.length)
  return shuffled(ids, `${seed}\n${task.id}\n${block}`)[(k - 1) % ids.length] ?? null
}

/** The task with its questions settled one way: the hidden tests that hold for that reading, and its solution. Unchanged where `reading` is null. */
export function inReading(task: Task, reading: string | null): Task {
  const settled = reading === null ? undefined : task.readings.get(reading)
  return settled === undefined ? task : { ...task, reading, tests: new Map([...task.tests, ...settled.tests]), solution: settled.solution }
}

/** What `check` proved for a task in its reading. */
export function provenTests(receipt: Receipt, reading: string | null): Pick<Receipt, 'failToPass' | 'passToPass' | 'contradicting'> {
  return { ...receipt, ...(reading === null ? undefined : receipt.readings?.[reading]) }
}

/** What the simulated user knows of a task that is in a reading; null where nothing is open. */
export function answerTable({ ambiguities, reading }: Task): AnswerTable | null {
  if (reading === null) {
    return null
  }
  const answerOf = (readings: Task['ambiguities'][number]['readings']) => readings.find(({ id }) => id === reading)?.answer ?? null
  return {
    reading,
    questions: ambiguities.map(({ situation: _, readings, ...open }) => ({ ...open, answer: answerOf(readings) })),
  }
}
