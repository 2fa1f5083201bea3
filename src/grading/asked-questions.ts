import { type Question, questionsIn } from '../simulated-user/question.ts'
import { agentChanges } from './agent-changes.ts'
import type { GradingView } from './rule.ts'
import { type Timeline, type ToolCall, timelineOf } from './timeline.ts'

/** One question to the user, and the paths that were already changed when it was asked. */
export interface AskedQuestion {
  readonly question: Question
  readonly changed: readonly string[]
}

/**
 * What the agent asked, in order: as our own loop recorded it, as calls of another runner's own tool tell it, or as the final message of a program
 * that ended in questions. Null where the transcript cannot be read.
 */
export function askedQuestions(view: GradingView): readonly AskedQuestion[] | null {
  const timeline = timelineOf(view)
  if (timeline === null) {
    return null
  }
  const asked = [...recorded(timeline), ...claimed(timeline)].toSorted((one, other) => one.seq - other.seq)
  return asked.length > 0
    ? asked.map(({ question, seq }) => ({ question, changed: changedBefore(timeline, seq) }))
    : atTheEnd(view).map((question) => ({ question, changed: agentChanges(view.evidence).map(({ path }) => path) }))
}

interface Placed {
  readonly question: Question
  readonly seq: number
}

function recorded({ events }: Timeline): readonly Placed[] {
  return events.flatMap((event) =>
    event.kind === 'question'
      ? [{ seq: event.seq, question: { text: event.text, options: event.options, context: event.context ?? '' } }]
      : [],
  )
}

function claimed({ calls }: Timeline): readonly Placed[] {
  return calls
    .filter(({ name }) => name === 'askuserquestion')
    .flatMap((call) => questionsOfCall(call).map((question) => ({ seq: call.seq, question })))
}

function questionsOfCall({ input }: ToolCall): readonly Question[] {
  const listed: readonly unknown[] = Array.isArray(input.questions) ? input.questions : []
  const read = listed.flatMap((one) => (isRecord(one) && typeof one.question === 'string' ? [toldQuestion(one.question, one.options)] : []))
  return read.length > 0 ? read : [{ text: JSON.stringify(input), options: [], context: '' }]
}

function toldQuestion(text: string, options: unknown): Question {
  const labels = Array.isArray(options) ? options.map((option: unknown) => (isRecord(option) ? String(option.label) : String(option))) : []
  return { text, options: labels, context: '' }
}

function atTheEnd({ evidence, text }: GradingView): readonly Question[] {
  if (evidence.stop.kind !== 'asked') {
    return []
  }
  const read = questionsIn(text(evidence.finalMessage) ?? '')
  return read.length > 0 ? read : evidence.stop.questions.map((question) => ({ text: question, options: [], context: '' }))
}

function changedBefore({ steps }: Timeline, seq: number): readonly string[] {
  return [...new Set(steps.filter((step) => step.seq < seq).flatMap(({ changes }) => changes.map(({ path }) => path)))]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
