import type { Interval } from '../statistics/interval.ts'

/** `1 trial`, `2 trials`. */
export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}

/** Dollars as a person reads them; a price that is not known is `unknown`, never 0. */
export function dollars(usd: number | null): string {
  if (usd === null) {
    return 'unknown'
  }
  return usd > 0 && usd < 0.01 ? '<$0.01' : `$${usd.toFixed(2)}`
}

/** A whole number with its thousands apart: `548,809`. */
export function grouped(count: number): string {
  return String(count).replace(/\B(?=(\d{3})+$)/g, ',')
}

/** Seconds as `0.4s`, `43s`, `2m 05s`, `1h 02m`. */
export function duration(seconds: number): string {
  if (seconds < 9.95) {
    return `${seconds.toFixed(1)}s`
  }
  const whole = Math.round(seconds)
  if (whole < 60) {
    return `${whole}s`
  }
  const minutes = Math.floor(whole / 60)
  return minutes < 60 ? `${minutes}m ${padded(whole % 60)}s` : `${Math.floor(minutes / 60)}h ${padded(minutes % 60)}m`
}

function padded(number: number): string {
  return String(number).padStart(2, '0')
}

/** A share as whole per cent; 0 and 100 only where nothing or all of it is meant. */
export function percent(share: number): string {
  const whole = Math.round(share * 100)
  return String(share > 0 && whole === 0 ? 1 : share < 1 && whole === 100 ? 99 : whole)
}

/** `30 to 90 %`. */
export function bounds({ low, high }: Interval): string {
  return `${percent(low)} to ${percent(high)} %`
}
