import { randomBytes } from 'node:crypto'
import { once } from 'node:events'
import { mkdir } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { join, resolve } from 'node:path'
import { startChild } from '../../src/sandbox/child.ts'
import { hostTree } from '../../src/sandbox/host-tree.ts'
import { type LimitMechanism, limitMechanism } from '../../src/sandbox/limits.ts'
import { ATTACKS, type Attack } from './attacks.ts'
import { hogsOn, marked } from './hogs.ts'
import { command, type Kind, leftBehind, openStage, play, type Stage } from './stage.ts'

const HARNESS = resolve(import.meta.dirname, '..', '..')

const listen = async (server: Server, where: { port: number; host: string } | { path: string }): Promise<void> => {
  server.listen(where)
  await once(server, 'listening')
}

export interface Told {
  readonly name: string
  readonly told: string
}

/** Plays attacks against one stage, beside a host that has something to steal. Tells for each `held`, `BREACH`, or how it failed to run. */
export const playAttacks = async (kind: Kind, attacks: readonly Attack[] = ATTACKS, below?: string): Promise<readonly Told[]> => {
  await using stage = await openStage(kind, below)
  const toolchain = join(stage.scratch, 'toolchain')
  const shown = join(stage.scratch, 'shown')
  await Promise.all([mkdir(toolchain), mkdir(shown)])
  const [tail, abstract] = [randomBytes(8).toString('hex'), `assay-${randomBytes(8).toString('hex')}`]
  const servers = [createServer(), createServer()] as const
  await listen(servers[0], { host: '127.0.0.1', port: 0 })
  await listen(servers[1], { path: `\0${abstract}` })
  const victim = startChild(
    { argv: ['/bin/sh', '-c', 'sleep 61 # assay-victim'], cwd: '/', env: { CANARY: `canary-${tail}` }, outputBytes: 1000, wallMs: 60_000 },
    hostTree(),
  )
  const victimPid = leftBehind(`canary-${tail}`)[0] ?? 0
  const env = {
    HARNESS,
    OTHER: join(stage.scratch, 'other-trial'),
    SCRATCH: stage.scratch,
    TOOLCHAIN: toolchain,
    SHOWN: '/mnt/shown',
    // In two parts: whole, the attack would find it in its own environment.
    CANARY_HEAD: 'canary-',
    CANARY_TAIL: tail,
    VICTIM: String(victimPid),
    PORT: String((servers[0].address() as AddressInfo).port),
    ABSTRACT: abstract,
  }
  const mounts = [
    { source: toolchain, target: toolchain, writable: false },
    ...(kind === 'bare' ? [] : [{ source: shown, target: '/mnt/shown', writable: false }]),
  ]
  const told: Told[] = []
  for (const attack of attacks) {
    const result = await play(stage, command(['/bin/sh', '-c', `${attack.script}\necho over`], { env, mounts }))
    const ran = result.ended === 'exited' && result.stdout.endsWith('over\n')
    const outcome = result.stdout.includes('BREACH') ? 'BREACH' : 'held'
    told.push({ name: attack.name, told: ran ? outcome : JSON.stringify(result) })
  }
  victim.kill()
  await victim.result
  servers.forEach((server) => {
    server.close()
  })
  return told
}

/** Plays hogs on one stage each. Tells how each ended and whether it took too long or left something alive. */
export const playHogs = async (
  kind: Kind,
  mechanism: LimitMechanism = limitMechanism(),
  only: (name: string) => boolean = () => true,
  below?: string,
): Promise<readonly Told[]> => {
  const told: Told[] = []
  for (const hog of hogsOn(kind, mechanism).filter(({ name }) => only(name))) {
    await using stage: Stage = await openStage(kind, below)
    const mark = `0${randomBytes(6).readUIntBE(0, 6)}`
    const began = performance.now()
    const result = await play(
      stage,
      command(marked(hog, mark), { env: { ASSAY_TEST: `mark-${mark}` }, limits: hog.limits ?? {} }),
      mechanism,
    )
    const seconds = (performance.now() - began) / 1000
    const how = result.ended === 'limit' ? result.limit : result.ended
    const slow = seconds > 15 ? ` after ${seconds.toFixed(0)} s` : ''
    const left = leftBehind(mark).length > 0 ? ' and left processes' : ''
    told.push({ name: hog.name, told: `${how}${slow}${left}` })
  }
  return told
}
