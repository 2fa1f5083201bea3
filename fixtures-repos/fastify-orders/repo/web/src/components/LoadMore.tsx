export function LoadMore({ more, onMore }: { more: boolean; onMore: () => unknown }) {
  if (!more) {
    return null;
  }
  return (
    <button type="button" className="button mt-4" onClick={() => onMore()}>
      More
    </button>
  );
}
