import { readFileSync } from 'node:fs'
import { cpus, platform, release, totalmem } from 'node:os'
import { join } from 'node:path'
import { execa } from 'execa'
import type { Run } from '../results/run.ts'

/** This version of Assay, as package.json tells it. */
export function assayVersion(): string {
  const manifest = JSON.parse(readFileSync(join(import.meta.dirname, '..', '..', 'package.json'), 'utf8')) as { version: string }
  return manifest.version
}

/** Versions of the programs that take part; `bwrap` is null where it is absent. */
export async function readVersions(env: Readonly<Record<string, string | undefined>>): Promise<Run['versions']> {
  const path = env.PATH ?? '/usr/bin:/bin'
  const [bwrap, git, python] = await Promise.all(['bwrap', 'git', 'python3'].map((tool) => versionOf(tool, path)))
  return { assay: assayVersion(), node: process.versions.node, bwrap: bwrap ?? null, git: git ?? 'absent', python: python ?? 'absent' }
}

async function versionOf(tool: string, path: string): Promise<string | null> {
  const { exitCode, stdout } = await execa(tool, ['--version'], { env: { PATH: path }, extendEnv: false, reject: false, timeout: 10_000 })
  return exitCode === 0 ? (/\d[\w.]*/.exec(stdout)?.[0] ?? stdout.trim()) : null
}

/** What of the machine may have a say in a result. */
export function hostFacts(): Run['host'] {
  return { platform: platform(), release: release(), cpus: cpus().length, memoryBytes: totalmem() }
}
