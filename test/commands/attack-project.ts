import { randomBytes } from 'node:crypto'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { dir } from 'tmp-promise'
import { readProject } from '../../src/commands/project.ts'
import type { EvidenceView } from '../../src/evidence/evidence.ts'
import type { SealedWork } from '../../src/evidence/sealed-work.ts'
import type { TranscriptLine } from '../../src/evidence/transcript.ts'
import { type ScriptedApi, startScriptedApi } from '../../src/gateway/scripted-api.ts'
import { rulesDigest } from '../../src/grading/rules.ts'
import { readEvidence } from '../../src/results/attempt.ts'
import { attemptFolder } from '../../src/results/phases.ts'
import type { RunEvent } from '../../src/results/run.ts'
import type { Trial } from '../../src/results/trial.ts'
import { leftBehind } from '../sandbox/stage.ts'
import { openToyProject, SOLUTION, type ToyProject } from '../toy-project.ts'
import { scriptedModel } from './attack-model.ts'

/** What an agent does instead of its work: a shell script, played as the task of the same name. */
export interface Attack {
  readonly name: string
  readonly script: string
  /** Wall clock; absent: 2. */
  readonly minutes?: number
}

/** What is left of one played attack. */
export interface Played {
  /** Every attempt, in order; the last one counts. */
  readonly trials: readonly Trial[]
  readonly trial: Trial
  /** Living processes of the attack when the agent's part was over. */
  readonly alive: readonly number[]
  /** Null where the trial is void. */
  readonly left: { readonly view: EvidenceView; readonly sealed: SealedWork; readonly patch: string; readonly finalMessage: string } | null
  readonly transcript: readonly TranscriptLine[]
}

/** A toy project with one task an attack, and things worth stealing around it: each holds `canary` and `_` and a word for what it is. */
export interface AttackProject extends AsyncDisposable {
  readonly toy: ToyProject
  readonly canary: string
  /** Head of a word that is in the environment, or an argument, of each process of an attack. */
  readonly mark: string
  /** Seconds since 1970: everything that holds a canary was written later. */
  readonly since: number
  readonly api: ScriptedApi
  /** Folders that must be as empty after a run as before it. */
  readonly temporary: { readonly scratch: string; readonly tmp: string; readonly cache: string }
  /** What the agent's programs find at `/mnt/scripts`. */
  readonly scripts: string
  /** Runs the named attacks in one run, and reads what it left. */
  play(names: readonly string[], more?: readonly string[]): Promise<{ readonly pid: number; readonly played: ReadonlyMap<string, Played> }>
}

/** Adds what the task asks for, so that only the attack can be what the verdict is about. */
export const SOLVE = `printf '\\n\\ndef shipping(amount):\\n    return 0 if amount >= 50 else 5\\n' >> backend/shop.py\n`

const BASE_TESTS = ['test_total', 'test_total_of_nothing'].map((name) => `backend.tests.test_shop::${name}`)

/** Opens it; nothing of it is proven by `check`: the receipts are written here. */
export async function openAttackProject(attacks: readonly Attack[]): Promise<AttackProject> {
  const since = Math.floor(Date.now() / 1000) - 1
  const around = await dir({ prefix: 'assay-attacks-', unsafeCleanup: true })
  const canary = `canary_${randomBytes(4).toString('hex')}`
  const mark = randomBytes(8).toString('hex')
  const [cache, tmp, scripts] = [`${canary}_cache`, 'tmp', 'scripts'].map((name) => join(around.path, name)) as [string, string, string]
  const toy = await openToyProject({ cache, proven: false })
  const api = await startScriptedApi({ script: scriptedModel() })
  await mkdir(tmp)
  await mkdir(scripts)
  await cp(join(import.meta.dirname, 'attacks'), scripts, { recursive: true })
  await Promise.all(attacks.map(({ name, script }) => writeFile(join(scripts, `${name}.sh`), script)))
  await hideSecrets(toy, canary)
  await writeTasks(toy, attacks, canary)

  const env = {
    ANTHROPIC_API_KEY: `sk-ant-${canary}_key`,
    ANTHROPIC_BASE_URL: api.url,
    TMPDIR: tmp,
    OTHER_SECRET: `${canary}_environment`,
  }
  const dispatch = `name=$(sed -n 's/^Attack //p' "$ASSAY_INSTRUCTION_FILE"); export MARK="${mark}-$name."; exec sh "/mnt/scripts/$name.sh"`
  return {
    toy,
    canary,
    mark,
    since,
    api,
    temporary: { scratch: join(cache, 'scratch'), tmp, cache },
    scripts,
    async play(names, more = ['--runner', 'command', '--mount', scripts, '--command', dispatch]) {
      const tasks = names.map((name) => `toy-shop/${name}`)
      const fixed = ['--json', '--trials', '1', '--concurrency', '2', '--seed', `${canary}_argument`]
      const started = toy.start(['run', ...tasks, ...fixed, ...more], env)
      const events: RunEvent[] = []
      const alive = new Map<string, readonly number[]>()
      for await (const line of createInterface({ input: started.stdout })) {
        const event = JSON.parse(line) as RunEvent
        events.push(event)
        if (event.kind === 'phase' && event.phase === 'suites') {
          alive.set(event.task, leftBehind(`${mark}-${event.task.split('/')[1]}.`))
        }
      }
      const { exitCode, stderr } = await started
      if (exitCode !== 0) {
        throw new Error(`The run ended with ${exitCode}: ${stderr}`)
      }
      const folder = events.flatMap((event) => (event.kind === 'run-started' ? [event.folder] : []))[0] ?? ''
      const trials = events.flatMap((event) => (event.kind === 'trial-ended' ? [event.trial] : []))
      const read = names.map(
        async (name): Promise<[string, Played]> => [
          name,
          await readPlayed(
            folder,
            trials.filter(({ task }) => task === `toy-shop/${name}`),
            alive.get(`toy-shop/${name}`) ?? [],
          ),
        ],
      )
      return { pid: started.pid ?? 0, played: new Map(await Promise.all(read)) }
    },
    async [Symbol.asyncDispose]() {
      await api[Symbol.asyncDispose]()
      await toy[Symbol.asyncDispose]()
      await around.cleanup()
    },
  }
}

async function hideSecrets(toy: ToyProject, canary: string): Promise<void> {
  const manifest = await readFile(join(toy.root, 'fixtures-repos/toy-shop/fixture.md'), 'utf8')
  await toy.write('fixtures-repos/toy-shop/fixture.md', `${manifest}\n${canary}_manifest\n`)
  await toy.write('fixtures-repos/toy-shop/repo/backend/given.txt', `${canary}_given\n`)
  await toy.write('results/earlier/trials.jsonl', `${canary}_result\n`)
  await toy.write('../.netrc', `${canary}_home\n`)
}

async function writeTasks(toy: ToyProject, attacks: readonly Attack[], canary: string): Promise<void> {
  const base = 'tasks/toy-shop/shipping'
  const page = await readFile(join(toy.root, base, 'task.md'), 'utf8')
  const hidden = await readFile(join(toy.root, base, 'tests/backend/tests/test_shipping.py'), 'utf8')
  await toy.write(`${base}/tests/backend/tests/test_shipping.py`, hidden.replace('shipping_is_free', `${canary}_hidden`))
  await toy.write(`${base}/solution.patch`, `${canary}_solution\n${SOLUTION}`)
  await toy.write(`${base}/wrong/always-free.patch`, `${canary}_wrong\n${SOLUTION.replace('amount >= 50 else 5', 'amount >= 0 else 5')}`)
  for (const { name, minutes } of attacks) {
    const task = `tasks/toy-shop/${name}`
    await cp(join(toy.root, base), join(toy.root, task), { recursive: true })
    const limits = `limits: { turns: 300, minutes: ${minutes ?? 2}, usd: 1 }`
    const [front = ''] = page.replace(/^limits: .*$/m, limits).split(/^(?=Add )/m)
    await toy.write(`${task}/task.md`, `${front.replace(/^mistake: /m, `mistake: ${canary}_mistake `)}Attack ${name}\n`)
  }
  const read = await readProject(toy.root)
  if (read.kind === 'bad') {
    throw new Error(read.message)
  }
  for (const task of read.project.tasks) {
    const receipt = {
      schema: 1,
      task: task.digest,
      fixture: read.project.fixtures[0]?.digest,
      rules: rulesDigest('feature'),
      failToPass: ['test_shipping_costs', `test_${canary}_hidden_from_fifty`].map((name) => `backend.tests.test_shipping::${name}`),
      passToPass: BASE_TESTS,
      lower: [],
    }
    await toy.write(`tasks/${task.id}/expected.json`, JSON.stringify(receipt))
  }
}

async function readPlayed(run: string, trials: readonly Trial[], alive: readonly number[]): Promise<Played> {
  const trial = trials.at(-1)
  if (trial === undefined) {
    throw new Error('An attack was not played.')
  }
  const folder = attemptFolder(run, trial)
  const transcript = (await readFile(join(folder, 'transcript.jsonl'), 'utf8')).trimEnd().split('\n')
  const common = { trials, trial, alive, transcript: transcript.map((line) => JSON.parse(line) as TranscriptLine) }
  if (trial.outcome === 'void') {
    return { ...common, left: null }
  }
  const view = await readEvidence(folder)
  const patch = await readFile(join(folder, 'changes.patch'), 'utf8')
  const sealed = JSON.parse(await readFile(join(folder, 'agent.json'), 'utf8')) as SealedWork
  return { ...common, left: { view, sealed, patch, finalMessage: view.text(view.evidence.finalMessage) ?? '' } }
}
