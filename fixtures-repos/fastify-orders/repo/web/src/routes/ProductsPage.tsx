import { useState } from 'react';
import { listProducts } from '../api/products.ts';
import { LoadMore } from '../components/LoadMore.tsx';
import { ProductCard } from '../features/catalog/ProductCard.tsx';
import { useSession } from '../features/session/useSession.ts';
import { usePagedList } from '../hooks/usePagedList.ts';

export function ProductsPage() {
  const { client, shopId } = useSession();
  const [q, setQ] = useState('');
  const { items, more, loadMore } = usePagedList(['products', shopId, q], (cursor) =>
    listProducts(client, shopId, q, cursor),
  );
  return (
    <>
      <input className="field mb-4" placeholder="Name or SKU" value={q} onChange={(event) => setQ(event.target.value)} />
      <div className="grid grid-cols-3 gap-4">
        {items.map((product) => (
          <ProductCard key={product.id} product={product} />
        ))}
      </div>
      <LoadMore more={more} onMore={loadMore} />
    </>
  );
}
