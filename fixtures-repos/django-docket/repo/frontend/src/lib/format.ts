const dateFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium' })
const momentFormat = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short' })

export function formatDate(timestamp: string | null): string {
  return timestamp ? dateFormat.format(new Date(timestamp)) : '–'
}

export function formatMoment(timestamp: string | null): string {
  return timestamp ? momentFormat.format(new Date(timestamp)) : '–'
}

export function formatSize(bytes: number): string {
  if (bytes < 1024) return `${bytes} B`
  if (bytes < 1024 * 1024) return `${(bytes / 1024).toFixed(1)} kB`
  return `${(bytes / 1024 / 1024).toFixed(1)} MB`
}

export function plural(count: number, one: string, many = `${one}s`): string {
  return `${count} ${count === 1 ? one : many}`
}
