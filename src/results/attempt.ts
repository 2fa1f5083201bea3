import { readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Change, Entry } from '../evidence/change.ts'
import type { Evidence, EvidenceView } from '../evidence/evidence.ts'
import { readPack } from '../evidence/pack.ts'
import { sealPack } from '../evidence/seal.ts'
import type { SealedWork } from '../evidence/sealed-work.ts'
import { evidenceView } from '../evidence/view.ts'
import type { BlobStore } from '../workspace/workspace.ts'
import { attemptState, COLLECTED, SEAL, writeSealed } from './phases.ts'

const PACK = 'objects.pack'

/** Seals what the agent did: objects first, `agent.json` last, so that where the seal is everything else is too. */
export async function sealWork(folder: string, work: SealedWork, blobs: BlobStore): Promise<void> {
  await sealPack(blobs, digestsOfWork(work), join(folder, PACK))
  await writeSealed(folder, SEAL, `${JSON.stringify(work)}\n`)
}

/** Reads sealed work back and puts its objects into `blobs`. */
export async function readSealedWork(folder: string, blobs: BlobStore): Promise<SealedWork> {
  const work = JSON.parse(await readFile(join(folder, SEAL), 'utf8')) as SealedWork
  const objects = readPack(await readFile(join(folder, PACK)))
  await Promise.all([...objects.values()].map((content) => blobs.put(content)))
  return work
}

/**
 * An attempt that became void after its agent had finished (the suites did not run, the disk was full) leaves sealed work behind: the next attempt
 * takes it over instead of paying for the agent again. True where there was such work.
 */
export async function takeEarlierSeal(folder: string, attempt: number): Promise<boolean> {
  const earlier = join(dirname(folder), String(attempt - 1))
  if (attempt === 1 || (await attemptState(earlier)) !== 'sealed') {
    return false
  }
  for (const name of ['transcript.jsonl', PACK, SEAL]) {
    await writeSealed(folder, name, await readFile(join(earlier, name)))
  }
  return true
}

/** Seals all that graders may see, before the first of them starts: the whole pack, the patch for people, `evidence.json` last. */
export async function sealEvidence(folder: string, evidence: Evidence, patch: string, blobs: BlobStore): Promise<void> {
  await sealPack(blobs, digestsOfEvidence(evidence), join(folder, PACK))
  await writeSealed(folder, 'changes.patch', patch)
  for (const suite of evidence.suites.filter(({ report }) => report !== null)) {
    const content = await blobs.get(suite.report as string)
    await writeSealed(join(folder, 'reports'), `${suite.name.replaceAll('/', '-')}.xml`, content ?? new Uint8Array())
  }
  await writeSealed(folder, COLLECTED, `${JSON.stringify(evidence)}\n`)
}

/** Reads an attempt's evidence for judging it (again). Rejects where a file is missing or damaged. */
export async function readEvidence(folder: string): Promise<EvidenceView> {
  const [json, pack] = await Promise.all([readFile(join(folder, COLLECTED)), readFile(join(folder, PACK))])
  return evidenceView(json, pack)
}

function digestsOfWork(work: SealedWork): readonly string[] {
  const changes = [...work.changes, ...work.snapshots.flatMap((snapshot) => snapshot.changes)]
  return [...new Set([work.finalMessage, work.transcript, ...changes.flatMap(digestsOfChange)])]
}

function digestsOfEvidence(evidence: Evidence): readonly string[] {
  const changes = [...evidence.changes, ...evidence.snapshots.flatMap((snapshot) => snapshot.changes)]
  const suites = evidence.suites.flatMap(({ report, output }) => (report === null ? [output] : [report, output]))
  const named = [evidence.finalMessage, evidence.transcript, evidence.task.instruction, ...Object.values(evidence.base)]
  return [
    ...new Set([
      ...named,
      ...suites,
      ...evidence.probes.flatMap(({ output, errors }) => [output, errors]),
      ...changes.flatMap(digestsOfChange),
    ]),
  ]
}

function digestsOfChange(change: Change): readonly string[] {
  const entries: Entry[] = []
  if (change.kind !== 'added') {
    entries.push(change.base)
  }
  if (change.kind !== 'deleted') {
    entries.push(change.now)
  }
  return entries.flatMap((entry) => ('digest' in entry ? [entry.digest] : []))
}
