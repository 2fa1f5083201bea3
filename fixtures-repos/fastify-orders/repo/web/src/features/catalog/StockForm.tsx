import { useState } from 'react';
import { adjustStock } from '../../api/products.ts';
import type { ProductBody } from '../../api/types.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useAction } from '../../hooks/useAction.ts';
import { useSession } from '../session/useSession.ts';

export function StockForm({ product }: { product: ProductBody }) {
  const { client, shopId } = useSession();
  const [delta, setDelta] = useState(0);
  const save = useAction(() => adjustStock(client, shopId, product.id, delta), ['product', product.id]);
  return (
    <div className="card flex items-center gap-3">
      <span className={product.low_stock ? 'font-semibold text-danger' : ''}>{product.stock} in stock</span>
      <input className="field w-24" type="number" value={delta} onChange={(event) => setDelta(event.target.valueAsNumber)} />
      <button type="button" className="button" disabled={delta === 0} onClick={() => save.mutate(undefined)}>
        Adjust
      </button>
      <ErrorNotice error={save.error} />
    </div>
  );
}
