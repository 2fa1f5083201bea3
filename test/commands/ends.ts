import type { Stop } from '../../src/runner/runner.ts'
import { type Attack, SOLVE } from './attack-project.ts'

/** A program that does not end by itself, or takes more than it may. Each is bounded by itself too, so that a broken limit cannot harm the machine. */
interface End extends Attack {
  readonly stop: Partial<Stop>
}

const python = (code: string) => `exec python3 -c '${code}' "$MARK"\n`
const limit = (name: string): Partial<Stop> => ({ kind: 'failed', message: `the limit ${name} was reached` })
const SLEEP = `python3 -c 'import time; time.sleep(40)' "$MARK"`

const fillFolder = (folder: string) =>
  python(`
import os, sys, time
for i in range(640):
    file = os.open(os.path.join(${folder}, "fill%d" % i), os.O_CREAT | os.O_WRONLY)
    os.posix_fallocate(file, 0, 2**20)
    os.close(file)
time.sleep(20)`)

export const ENDS: readonly End[] = [
  {
    name: 'forks',
    script: python(`
import os, time
end = time.time() + 20
started = 0
while started < 3000 and time.time() < end:
    try:
        if os.fork() == 0:
            time.sleep(max(0, end - time.time()))
            os._exit(0)
        started += 1
    except OSError:
        time.sleep(0.01)
time.sleep(max(0, end - time.time()))`),
    stop: limit('processes'),
  },
  {
    name: 'memory',
    script: python(`
import mmap, time
kept = []
for i in range(6):
    block = mmap.mmap(-1, 2**30)
    if hasattr(mmap, "MADV_HUGEPAGE"):
        try:
            block.madvise(mmap.MADV_HUGEPAGE)
        except OSError:
            pass
    for at in range(0, 2**30, 4096):
        block[at] = 1
    kept.append(block)
time.sleep(20)`),
    stop: limit('memoryBytes'),
  },
  {
    name: 'memory-files',
    script: python(`
import os, time
kept = []
for i in range(30):
    for folder in ("/tmp", "/dev/shm", "/home/agent"):
        try:
            kept.append(os.open("%s/fill%d" % (folder, i), os.O_CREAT | os.O_WRONLY))
            os.posix_fallocate(kept[-1], 0, 200 * 2**20)
        except OSError:
            pass
time.sleep(20)`),
    stop: limit('memoryBytes'),
  },
  { name: 'disk', script: fillFolder('"backend"'), stop: limit('diskBytes') },
  { name: 'answer-folder', script: fillFolder('os.path.dirname(os.environ["ASSAY_FINAL_MESSAGE_FILE"])'), stop: limit('diskBytes') },
  { name: 'output', script: 'yes flood | head -c 150000000\n', stop: limit('outputBytes') },
  { name: 'ignores-sigterm', minutes: 0.05, script: `trap '' TERM INT HUP\n${SLEEP} & ${SLEEP}\n`, stop: { kind: 'timed-out', ms: 3000 } },
  { name: 'daemon', script: `${SOLVE}(env -i setsid ${SLEEP} >/dev/null 2>&1 </dev/null &)\nsleep 0.1\n`, stop: { kind: 'finished' } },
  { name: 'daemon-with-pipes', script: `${SOLVE}(nohup setsid ${SLEEP} &)\nsleep 0.1\n`, stop: { kind: 'finished' } },
  { name: 'kills-all', script: `${SOLVE}${SLEEP} & kill -9 -1; ${SLEEP}\n`, stop: { kind: 'failed' } },
  { name: 'answer-is-a-fifo', script: `${SOLVE}mkfifo "$ASSAY_FINAL_MESSAGE_FILE"\n`, stop: { kind: 'finished' } },
  { name: 'answer-is-a-link', script: `${SOLVE}ln -s /proc/self/environ "$ASSAY_FINAL_MESSAGE_FILE"\n`, stop: { kind: 'finished' } },
]
