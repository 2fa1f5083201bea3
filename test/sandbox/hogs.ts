import type { LimitMechanism } from '../../src/sandbox/limits.ts'
import type { Command, Limits } from '../../src/sandbox/sandbox.ts'
import type { Kind } from './stage.ts'

/** A command that takes more than it may, and how it must end. `MARK` in the arguments becomes a number that finds its processes. */
export interface Hog {
  readonly name: string
  readonly argv: Command['argv']
  readonly limits?: Partial<Limits>
  readonly ends: keyof Limits | 'exited'
  /** Only a namespace or a group can hold it. */
  readonly boxedOnly?: true
  /** Only the kernel can hold it: without its limits a bomb might take the machine with it. */
  readonly kernelOnly?: true
}

const sh = (script: string): Command['argv'] => ['/bin/sh', '-c', script]
const node = (script: string): Command['argv'] => ['node', '-e', script]

const HOGS: readonly Hog[] = [
  { name: 'five thousand forks', argv: sh('i=0; while [ $i -lt 5000 ]; do sleep 61.MARK & i=$((i+1)); done; wait'), ends: 'processes' },
  { name: 'a fork bomb', argv: sh('f() { f MARK | f MARK & }; f; sleep 61.MARK'), ends: 'processes', boxedOnly: true, kernelOnly: true },
  {
    name: 'eight gigabytes touched',
    argv: node('const kept = []; for (let i = 0; i < 512; i++) { kept.push(Buffer.alloc(2 ** 24, 1)) } setTimeout(() => {}, 61000)'),
    ends: 'memoryBytes',
  },
  {
    name: 'memory in many small processes',
    argv: sh('i=0; while [ $i -lt 40 ]; do head -c 40000000 /dev/zero | tail -n 1 | sleep 61.MARK & i=$((i+1)); done; wait'),
    ends: 'memoryBytes',
  },
  {
    name: 'many small files',
    argv: node('for (let i = 0; i < 400000; i++) { require("fs").writeFileSync("f" + i, "x".repeat(3000)) }'),
    limits: { diskBytes: 4 * 2 ** 20 },
    ends: 'diskBytes',
  },
  {
    name: 'several files below the largest size',
    argv: sh('for i in 1 2 3 4; do head -c 60000000 /dev/zero > f$i; done; sleep 61.MARK'),
    ends: 'diskBytes',
  },
  { name: 'one file above the largest size', argv: ['dd', 'if=/dev/zero', 'of=big', 'bs=1M', 'count=4096'], ends: 'fileBytes' },
  { name: 'a flood on standard output', argv: ['yes'], ends: 'outputBytes' },
  { name: 'a flood on standard error', argv: sh('exec yes >&2'), ends: 'outputBytes' },
  { name: 'sleep past the wall clock', argv: ['sleep', '61.MARK'], limits: { wallMs: 400 }, ends: 'wallMs' },
  { name: 'SIGTERM ignored', argv: sh('trap "" TERM INT HUP; sleep 61.MARK; sleep 61.MARK'), limits: { wallMs: 400 }, ends: 'wallMs' },
  {
    name: 'a daemon left behind',
    argv: sh('setsid sh -c "sleep 61.MARK & sleep 61.MARK" >/dev/null 2>&1 </dev/null & sleep 0.1'),
    ends: 'exited',
  },
  { name: 'a daemon that holds the pipes', argv: sh('(nohup setsid sleep 61.MARK &) ; sleep 0.1'), ends: 'exited' },
  { name: 'a daemon with an empty environment', argv: sh('(env -i setsid sleep 61.MARK &) ; sleep 0.1'), ends: 'exited', boxedOnly: true },
]

export const hogsOn = (kind: Kind, mechanism: LimitMechanism): readonly Hog[] =>
  HOGS.filter((hog) => (kind !== 'bare' || hog.boxedOnly !== true) && (mechanism !== 'watchdog' || hog.kernelOnly !== true))

export const marked = (hog: Hog, mark: string): Command['argv'] => {
  const [first, ...rest] = hog.argv.map((word) => word.replaceAll('MARK', mark))
  return [first ?? '', ...rest]
}
