import { useState } from 'react';
import { listOrders } from '../api/orders.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { LoadMore } from '../components/LoadMore.tsx';
import { OrderFilter } from '../features/orders/OrderFilter.tsx';
import { OrderTable } from '../features/orders/OrderTable.tsx';
import { useSession } from '../features/session/useSession.ts';
import { usePagedList } from '../hooks/usePagedList.ts';

export function OrdersPage() {
  const { client, shopId } = useSession();
  const [query, setQuery] = useState({ status: '', from: '', to: '' });
  const { items, more, loadMore, error } = usePagedList(['orders', shopId, query], (cursor) =>
    listOrders(client, shopId, query, cursor),
  );
  return (
    <>
      <OrderFilter query={query} onChange={setQuery} />
      <ErrorNotice error={error} />
      <OrderTable orders={items} />
      <LoadMore more={more} onMore={loadMore} />
    </>
  );
}
