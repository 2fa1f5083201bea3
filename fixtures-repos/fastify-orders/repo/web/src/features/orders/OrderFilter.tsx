import type { OrderQuery } from '../../api/orders.ts';

const statuses = ['', 'draft', 'placed', 'paid', 'packing', 'shipped', 'delivered', 'cancelled'];

export function OrderFilter({ query, onChange }: { query: OrderQuery; onChange: (query: OrderQuery) => void }) {
  return (
    <form className="mb-4 grid grid-cols-3 gap-3">
      <select className="field" value={query.status} onChange={(event) => onChange({ ...query, status: event.target.value })}>
        {statuses.map((status) => (
          <option key={status} value={status}>
            {status || 'every status'}
          </option>
        ))}
      </select>
      <input className="field" type="date" value={query.from} onChange={(event) => onChange({ ...query, from: event.target.value })} />
      <input className="field" type="date" value={query.to} onChange={(event) => onChange({ ...query, to: event.target.value })} />
    </form>
  );
}
