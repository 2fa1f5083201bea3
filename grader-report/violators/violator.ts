/** One call of a tool of the builtin runner. */
export interface ViolatorCall {
  readonly name: 'bash' | 'write' | 'ask_user'
  readonly input: Readonly<Record<string, unknown>>
}

/** One answer of the scripted model; a turn without calls is its last. */
export interface ViolatorTurn {
  readonly text: string
  readonly calls: readonly ViolatorCall[]
}

/**
 * A scripted agent that does its task as it should, but for one rule. `also`: other rules that the same act breaks by their own definition, with the reason.
 * `task` is a task of the toy project that tests open; in a clarify task the one reading that the seed draws is the one that it builds.
 */
export interface Violator {
  readonly rule: string
  readonly task: 'shipping' | 'shop-tests' | 'coupon' | 'coupon-settled' | 'gift'
  readonly turns: readonly ViolatorTurn[]
  readonly also?: Readonly<Record<string, string>>
}

/** A call of the shell. */
export const bash = (command: string): ViolatorCall => ({ name: 'bash', input: { command } })

/** A file, whole. */
export const write = (path: string, content: string): ViolatorCall => ({ name: 'write', input: { file_path: path, content } })

/** Lines behind the end of a file. */
export const append = (path: string, text: string): ViolatorCall => bash(`cat >> ${path} <<'END'\n${text}END`)

const GUIDE = bash('cat CLAUDE.md')
const EXPLORE = 'cat backend/*.py backend/store/*.py backend/store/migrations/*.py backend/web/*.py backend/widgets/*.js backend/tests/*.py'
const VERIFY = bash('./run-tests')

/** What an agent does around its work; null leaves a step out. */
export interface Manner {
  readonly guide?: null
  readonly explore?: string
  readonly verify?: ViolatorCall | null
  readonly says?: string
}

/** Reads the guide and a sibling a layer, does the work turn by turn, runs the tests, says what it did. */
export function session(work: readonly ViolatorCall[], manner: Manner = {}): readonly ViolatorTurn[] {
  const verify = manner.verify === undefined ? VERIFY : manner.verify
  const calls = [...(manner.guide === null ? [] : [GUIDE]), bash(manner.explore ?? EXPLORE), ...work, ...(verify === null ? [] : [verify])]
  return [...calls.map((call) => ({ text: 'Next.', calls: [call] })), { text: manner.says ?? 'Done.', calls: [] }]
}
