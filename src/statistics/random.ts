import { uniformFloat64 } from 'pure-rand/distribution/uniformFloat64'
import { xoroshiro128plusFromState } from 'pure-rand/generator/xoroshiro128plus'

/** A source of chance that is passed as an argument. The same seed gives the same values, on every machine. */
export interface Random {
  /** A multiple of 2^-53 in [0, 1). */
  uniform(): number
  /** A whole number in [0, limit); `limit` is at least 1. */
  below(limit: number): number
  /** A new array with the same items, every order as likely as any other. */
  shuffle<T>(items: readonly T[]): T[]
}

/**
 * A generator from a text: xoroshiro128+ (D. Blackman and S. Vigna, "Scrambled linear pseudorandom number generators", 2018), as in pure-rand.
 * Its 128 bits of state are two outputs of SplitMix64, as its authors advise, which starts from the 64-bit FNV-1a hash of the text's UTF-8 bytes.
 */
export function seededRandom(seed: string): Random {
  const first = splitMix64(fnv1a64(seed))
  const second = splitMix64(first.state)
  const generator = xoroshiro128plusFromState([...halves(first.output), ...halves(second.output)])
  const uniform = () => uniformFloat64(generator)
  const below = (limit: number) => Math.floor(uniform() * limit)
  return { uniform, below, shuffle: (items) => shuffled(items, below) }
}

/** R. Durstenfeld, "Algorithm 235: random permutation", Communications of the ACM 7 (1964), 420. */
function shuffled<T>(items: readonly T[], below: (limit: number) => number): T[] {
  const order = [...items]
  for (let last = order.length - 1; last > 0; last -= 1) {
    const place = below(last + 1)
    const moved = order[place] as T
    order[place] = order[last] as T
    order[last] = moved
  }
  return order
}

function fnv1a64(text: string): bigint {
  let hash = 0xcbf29ce484222325n
  for (const byte of new TextEncoder().encode(text)) {
    hash = BigInt.asUintN(64, (hash ^ BigInt(byte)) * 0x100000001b3n)
  }
  return hash
}

function splitMix64(before: bigint): { readonly state: bigint; readonly output: bigint } {
  const state = BigInt.asUintN(64, before + 0x9e3779b97f4a7c15n)
  const once = BigInt.asUintN(64, (state ^ (state >> 30n)) * 0xbf58476d1ce4e5b9n)
  const twice = BigInt.asUintN(64, (once ^ (once >> 27n)) * 0x94d049bb133111ebn)
  return { state, output: twice ^ (twice >> 31n) }
}

function halves(word: bigint): readonly [number, number] {
  return [Number(BigInt.asIntN(32, word >> 32n)), Number(BigInt.asIntN(32, word))]
}
