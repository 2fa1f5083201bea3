export function Moment({ value }: { value: string | null }) {
  if (value === null) {
    return <span className="text-stone-400">-</span>;
  }
  return <time dateTime={value}>{new Date(value).toLocaleString()}</time>;
}
