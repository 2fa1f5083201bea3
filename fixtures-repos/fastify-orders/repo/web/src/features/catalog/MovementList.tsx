import { listMovements } from '../../api/products.ts';
import type { ProductBody } from '../../api/types.ts';
import { LoadMore } from '../../components/LoadMore.tsx';
import { Moment } from '../../components/Moment.tsx';
import { usePagedList } from '../../hooks/usePagedList.ts';
import { useSession } from '../session/useSession.ts';

export function MovementList({ product }: { product: ProductBody }) {
  const { client, shopId } = useSession();
  const { items, more, loadMore } = usePagedList(['movements', product.id], (cursor) =>
    listMovements(client, shopId, product.id, cursor),
  );
  return (
    <section className="card">
      {items.map((movement, index) => (
        <p key={`${movement.created_at}-${index}`} className="flex gap-4 text-sm">
          <span className="w-12 text-right tabular-nums">{movement.delta > 0 ? `+${movement.delta}` : movement.delta}</span>
          <span>{movement.reason}</span>
          <span className="text-stone-500">{movement.actor?.name ?? 'system'}</span>
          <Moment value={movement.created_at} />
        </p>
      ))}
      <LoadMore more={more} onMore={loadMore} />
    </section>
  );
}
