import { join } from 'node:path'
import { type FixturesFound, findFixtures } from '../src/fixture/find-fixtures.ts'
import type { Fixture } from '../src/fixture/fixture.ts'
import { prepareFixture } from '../src/fixture/prepare-fixture.ts'
import type { PreparedFixture } from '../src/fixture/prepared-fixture.ts'
import { chooseRung } from '../src/sandbox/choose-rung.ts'
import { tryRungs } from '../src/sandbox/ladder.ts'
import type { Rung } from '../src/sandbox/sandbox.ts'
import { stackNames } from '../src/stack/stacks.ts'
import { printProblems } from '../src/task/problem.ts'
import { cacheFolder, openScratch } from '../src/workspace/scratch.ts'
import { writeTinyFixture } from './tiny-fixture.ts'

/** What everything is measured on. All that is written lies in `scratch`, which goes when this is disposed. */
export interface Stage extends AsyncDisposable {
  readonly rung: Rung
  /** On a real file system, where trials have theirs. */
  readonly scratch: string
  /** A real backend with its dependencies; or why it cannot be made ready here. */
  readonly real: PreparedFixture | string
  /** A fixture whose suite is a shell script that costs next to nothing. */
  readonly tiny: PreparedFixture | string
}

const REAL_FIXTURE = 'django-docket'

/** Chooses the strongest rung that works here and makes the fixtures ready; `onProgress` hears of what takes long. Rejects where no rung works. */
export async function openStage(wanted: 'all' | 'tiny', onProgress: (line: string) => void): Promise<Stage> {
  const cache = cacheFolder(process.env)
  const scratch = await openScratch(cache, 'bench')
  try {
    const choice = chooseRung(await tryRungs(scratch.path), { tame: true, forced: null })
    if (choice.kind === 'refused') {
      throw new Error(choice.message)
    }
    const { rung } = choice
    const make = (fixture: Fixture | string, cacheFolder: string) =>
      typeof fixture === 'string' ? fixture : ready(fixture, rung, cacheFolder, onProgress)
    const folder = join(scratch.path, 'fixtures-repos')
    await writeTinyFixture(folder)
    const tiny = await make(named(await findFixtures(folder, stackNames), 'tiny'), join(scratch.path, 'prepared'))
    const repositories = join(import.meta.dirname, '..', 'fixtures-repos')
    const real =
      wanted === 'tiny'
        ? 'not asked for'
        : await make(named(await findFixtures(repositories, stackNames), REAL_FIXTURE), join(cache, 'fixtures'))
    return { rung, scratch: scratch.path, real, tiny, [Symbol.asyncDispose]: () => scratch[Symbol.asyncDispose]() }
  } catch (error) {
    await scratch[Symbol.asyncDispose]()
    throw error
  }
}

function named(found: FixturesFound, name: string): Fixture | string {
  if (found.kind === 'bad') {
    return printProblems(found.problems)
  }
  return found.fixtures.find((fixture) => fixture.name === name) ?? `there is no fixture ${name}`
}

async function ready(
  fixture: Fixture,
  rung: Rung,
  cacheFolder: string,
  onProgress: (line: string) => void,
): Promise<PreparedFixture | string> {
  const result = await prepareFixture(fixture, {
    cacheFolder,
    rung,
    onProgress: (phase, detail) => {
      if (phase === 'wait' || phase === 'command') {
        onProgress(`preparing ${fixture.name}: ${detail}`)
      }
    },
  })
  return result.kind === 'prepared' ? result.prepared : `${fixture.name} cannot be prepared: ${result.message}`
}
