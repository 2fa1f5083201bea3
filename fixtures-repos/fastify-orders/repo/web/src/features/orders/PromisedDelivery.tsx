import type { OrderBody } from '../../api/types.ts';

type Promised = OrderBody & { readonly promised_by?: string | null };

function isLate(order: Promised): boolean {
  if (!order.promised_by || order.status === 'delivered' || order.status === 'cancelled') {
    return false;
  }
  return order.promised_by < new Date().toISOString().slice(0, 10);
}

export function PromisedDelivery({ order }: { order: Promised }) {
  if (!order.promised_by) {
    return null;
  }
  const [year, month, day] = order.promised_by.split('-').map(Number);
  const shown = new Date(year ?? 0, (month ?? 1) - 1, day).toLocaleDateString();
  return <p className={isLate(order) ? 'text-danger' : 'text-stone-500'}>Promised by {shown}</p>;
}
