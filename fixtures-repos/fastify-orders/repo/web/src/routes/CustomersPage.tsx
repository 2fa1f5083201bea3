import { useState } from 'react';
import type { CustomerRow, Page } from '../api/types.ts';
import { LoadMore } from '../components/LoadMore.tsx';
import { CustomerTable } from '../features/customers/CustomerTable.tsx';
import { useSession } from '../features/session/useSession.ts';
import { usePagedList } from '../hooks/usePagedList.ts';

export function CustomersPage() {
  const { client, shopId } = useSession();
  const [q, setQ] = useState('');
  const { items, more, loadMore } = usePagedList(['customers', shopId, q], (cursor) => {
    const search = new URLSearchParams({ ...(q ? { q } : {}), ...(cursor ? { cursor } : {}) });
    return client.get<Page<CustomerRow>>(`/shops/${shopId}/customers?${search}`);
  });
  return (
    <>
      <input className="field mb-4" placeholder="Name or e-mail" value={q} onChange={(event) => setQ(event.target.value)} />
      <CustomerTable customers={items} />
      <LoadMore more={more} onMore={loadMore} />
    </>
  );
}
