import type { Evidence, EvidenceView } from './evidence.ts'
import { readPack } from './pack.ts'

/** The view of graders, from the bytes of `evidence.json` and `objects.pack` alone. Throws where either is damaged. */
export function evidenceView(json: Uint8Array, pack: Uint8Array): EvidenceView {
  const evidence = JSON.parse(new TextDecoder().decode(json)) as Evidence
  return viewOf(evidence, readPack(pack))
}

/** The view of graders over contents by digest. */
export function viewOf(evidence: Evidence, contents: ReadonlyMap<string, Uint8Array>): EvidenceView {
  return {
    evidence,
    blob: (digest) => contents.get(digest) ?? null,
    text: (digest) => {
      const content = contents.get(digest)
      return content === undefined ? null : new TextDecoder().decode(content)
    },
  }
}
