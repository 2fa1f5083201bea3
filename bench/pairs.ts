import { Bench } from 'tinybench'

/** Median and range of repeated measurements of one thing. */
export interface Spread {
  readonly median: number
  readonly least: number
  readonly most: number
}

/** One side of a comparison. Only `run` is timed. */
export interface Side {
  readonly before?: () => Promise<void>
  readonly run: () => Promise<void>
  readonly after?: () => Promise<void>
}

/** Two sides measured in turn: milliseconds of each, and of each pair the first divided by the second. */
export interface Pairs {
  readonly ratio: Spread
  readonly first: Spread
  readonly second: Spread
  readonly count: number
}

/**
 * Times two sides in turn, the order changing from pair to pair, after one pair that does not count. What else the machine does then meets both
 * sides alike; one side's samples all before the other's would compare two different moments.
 */
export async function measurePairs(count: number, first: Side, second: Side): Promise<Pairs> {
  await pair(first, second, true)
  const samples: { readonly first: number; readonly second: number }[] = []
  for (let index = 0; index < count; index += 1) {
    samples.push(await pair(first, second, index % 2 === 0))
  }
  return {
    ratio: spreadOf(samples.map((sample) => sample.first / sample.second)),
    first: spreadOf(samples.map((sample) => sample.first)),
    second: spreadOf(samples.map((sample) => sample.second)),
    count,
  }
}

async function pair(first: Side, second: Side, inOrder: boolean): Promise<{ readonly first: number; readonly second: number }> {
  const bench = new Bench({ iterations: 1, time: 0, warmup: false, throws: true })
  const sides = [['first', first] as const, ['second', second] as const]
  for (const [name, { run, before, after }] of inOrder ? sides : sides.toReversed()) {
    bench.add(name, run, { async: true, ...(before && { beforeEach: before }), ...(after && { afterEach: after }) })
  }
  await bench.run()
  return { first: millisecondsOf(bench, 'first'), second: millisecondsOf(bench, 'second') }
}

function millisecondsOf(bench: Bench, name: string): number {
  const result = bench.getTask(name)?.result
  if (result?.state !== 'completed') {
    throw new Error(`The side ${name} of a pair ended as ${result?.state}.`)
  }
  return result.latency.mean
}

/** Throws where there are no values. */
export function spreadOf(values: readonly number[]): Spread {
  const sorted = values.toSorted((one, other) => one - other)
  const at = (index: number): number => {
    const value = sorted[index]
    if (value === undefined) {
      throw new Error('There is nothing to take the median of.')
    }
    return value
  }
  const half = (sorted.length - 1) / 2
  return { median: (at(Math.floor(half)) + at(Math.ceil(half))) / 2, least: at(0), most: at(sorted.length - 1) }
}
