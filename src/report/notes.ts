import type { Run } from '../results/run.ts'

/** The sentences of a report's first lines: what the run can and cannot say. */
export function notesOf(run: Run, answered: readonly string[]): readonly string[] {
  return [...pipelineNote(run, answered), ...modelNote(run, answered), ...shardNote(run), ...run.warnings]
}

function pipelineNote({ variant }: Run, answered: readonly string[]): readonly string[] {
  if (variant.runner === 'command' && answered.length === 0) {
    return ['No model answered in this run: the program worked without one.']
  }
  const player = variant.runner === 'nop' ? 'nobody, and nothing was changed' : players[variant.upstream]
  return player === null ? [] : [`This run measured the pipeline, not an agent: the model's part was played by ${player}.`]
}

const players: Readonly<Record<Run['variant']['upstream'], string | null>> = {
  api: null,
  reference: 'the reference solution',
  replay: 'a recorded run',
}

function modelNote({ variant }: Run, answered: readonly string[]): readonly string[] {
  return answered.length > 1 && variant.upstream === 'api'
    ? [`This run is invalid: ${answered.length} different models answered (${answered.join(', ')}).`]
    : []
}

function shardNote({ plan }: Run): readonly string[] {
  return plan.shard === null ? [] : [`This is shard ${plan.shard.i} of ${plan.shard.n}: merge all of them before you judge.`]
}
