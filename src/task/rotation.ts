import type { Task } from './task.ts'

const PARTS = 10

/** Whether a task belongs to the tenth that `check --verify` proves again on this day (UTC): each has its turn every ten days. */
export function isRotating(task: Pick<Task, 'digest'>, day: Date): boolean {
  const days = Math.floor(day.getTime() / 86_400_000)
  return Number.parseInt(task.digest.slice(0, 8), 16) % PARTS === days % PARTS
}
