export function timestamp(value: Date): string {
  return value.toISOString().replace(/\.\d{3}Z$/u, 'Z');
}

export function optionalTimestamp(value: Date | null | undefined): string | null {
  return value ? timestamp(value) : null;
}

export function startOfDay(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

export function dayAfter(day: string): Date {
  const date = startOfDay(day);
  date.setUTCDate(date.getUTCDate() + 1);
  return date;
}
