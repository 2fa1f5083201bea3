// jstat ships no types; these are the functions that are used here, and no others.
declare module 'jstat' {
  const jStat: {
    readonly normal: {
      cdf(x: number, mean: number, deviation: number): number
      inv(p: number, mean: number, deviation: number): number
    }
    readonly studentt: { inv(p: number, degreesOfFreedom: number): number }
    readonly beta: { inv(p: number, alpha: number, beta: number): number }
  }
  export = jStat
}
