import { resolveToolchains } from '../fixture/toolchains.ts'
import { type RungReport, tryRungs } from '../sandbox/ladder.ts'
import { limitMechanism } from '../sandbox/limits.ts'
import { cacheFolder, openScratch } from '../workspace/scratch.ts'
import { readVersions } from './host-facts.ts'
import { readProject } from './project.ts'
import type { ExitCode, TerminalIo } from './terminal-io.ts'

/** Tries what a run needs and tells what is missing and how to get it. Changes nothing. 1 where `npm run eval` could not do its work here. */
export async function doctor(io: TerminalIo): Promise<ExitCode> {
  const versions = await readVersions(io.env)
  const cache = cacheFolder(io.env)
  await using scratch = await openScratch(cache, 'doctor')
  const rungs = await tryRungs(scratch.path)
  const fixtures = await lookAtFixtures(io)
  const { assay, node, git, python, bwrap } = versions
  io.out.write(
    [
      `Assay ${assay}, Node ${node}, git ${git}, Python ${python}, bubblewrap ${bwrap ?? 'absent'}`,
      '',
      'Capability ladder (strongest first)',
      ...rungs.flatMap(rungLines),
      `  limits by ${limitMechanism()}`,
      '',
      'Fixtures',
      ...fixtures.lines,
      '',
      'Model',
      io.env.ANTHROPIC_API_KEY
        ? '  ✓ ANTHROPIC_API_KEY is set: npm run eval measures the agent'
        : '  – no ANTHROPIC_API_KEY: npm run eval proves the pipeline with the reference solutions',
      '',
      'Cache',
      `  ${cache}`,
      '',
    ].join('\n'),
  )
  return git !== 'absent' && fixtures.ready && rungs.some((report) => report.works) ? 0 : 1
}

function rungLines(report: RungReport): readonly string[] {
  if (report.works) {
    return [`  ✓ ${report.rung} (${report.ms.toFixed(0)} ms)`]
  }
  const reason = report.reason.split('\n').join('\n              ')
  return [`  ✗ ${report.rung}`, `      call    ${report.call}`, `      reason  ${reason}`, `      fix     ${report.fix}`]
}

async function lookAtFixtures(io: TerminalIo): Promise<{ readonly ready: boolean; readonly lines: readonly string[] }> {
  const read = await readProject(io.root)
  if (read.kind === 'bad') {
    return { ready: false, lines: read.message.split('\n').map((line) => `  ${line}`) }
  }
  const found = await Promise.all(
    read.project.fixtures.map(async ({ name, prepare }) => ({
      name,
      toolchains: await resolveToolchains(prepare.toolchains, process.env),
    })),
  )
  return {
    ready: found.every(({ toolchains }) => toolchains.kind !== 'missing'),
    lines: found.map(({ name, toolchains }) =>
      toolchains.kind === 'missing' ? `  ✗ ${name}: ${toolchains.sentence}` : `  ✓ ${name}: ${versionsOf(toolchains.toolchains)}`,
    ),
  }
}

function versionsOf(toolchains: readonly { readonly name: string; readonly version: string }[]): string {
  return toolchains.map(({ name, version }) => `${name} ${version}`).join(', ')
}
