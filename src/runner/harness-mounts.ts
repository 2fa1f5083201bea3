import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Mount } from '../sandbox/sandbox.ts'

/** The folder inside a sandbox that holds the few files of ours that must run there; nothing else of the harness can be seen. */
const INSIDE = '/opt/assay'

/** Where the running Node is seen inside a sandbox. */
export const NODE_INSIDE = `${INSIDE}/node`

/** The running Node itself, alone: a toolchain of the fixture may be another one. */
export function nodeMount(): Mount {
  return { source: realpathSync(process.execPath), target: NODE_INSIDE, writable: false }
}

/** One script of this folder, alone. `name` is its file name; it is seen at `scriptInside(name)`. */
export function scriptMount(name: string): Mount {
  return { source: scriptOnHost(name), target: scriptInside(name), writable: false }
}

export function scriptInside(name: string): string {
  return `${INSIDE}/${name}`
}

export function scriptOnHost(name: string): string {
  return join(import.meta.dirname, name)
}

/** A package and all that it needs to run, flat under `/opt/assay/node_modules`. Throws where one is not installed: that is ours. */
export function packageMounts(name: string): readonly Mount[] {
  const found = new Map<string, string>()
  const visit = (wanted: string, from: string) => {
    if (found.has(wanted)) {
      return
    }
    const folder = findPackage(wanted, from)
    found.set(wanted, folder)
    const manifest: { dependencies?: Record<string, string> } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'))
    for (const dependency of Object.keys(manifest.dependencies ?? {})) {
      visit(dependency, folder)
    }
  }
  visit(name, dirname(fileURLToPath(import.meta.url)))
  return [...found].map(([wanted, source]) => ({ source, target: `${INSIDE}/node_modules/${wanted}`, writable: false }))
}

function findPackage(name: string, from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name)
    if (existsSync(candidate)) {
      return realpathSync(candidate)
    }
    if (folder === dirname(folder)) {
      throw new Error(`The package ${name} is not installed: run npm ci.`)
    }
  }
}
