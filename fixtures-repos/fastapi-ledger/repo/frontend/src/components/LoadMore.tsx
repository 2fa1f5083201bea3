export function LoadMore({ more }: { more: (() => void) | null }) {
  if (more === null) return null;
  return (
    <button type="button" className="no-print mt-4 rounded border border-rule px-3 py-1 text-sm" onClick={more}>
      Show more
    </button>
  );
}
