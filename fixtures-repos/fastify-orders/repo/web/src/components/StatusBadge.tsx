import type { OrderStatusName } from '../api/types.ts';

const colours: Record<OrderStatusName, string> = {
  draft: 'bg-stone-100 text-stone-600',
  placed: 'bg-sky-100 text-sky-800',
  paid: 'bg-brand-soft text-brand',
  packing: 'bg-amber-100 text-amber-800',
  shipped: 'bg-indigo-100 text-indigo-800',
  delivered: 'bg-emerald-100 text-emerald-800',
  cancelled: 'bg-red-50 text-danger line-through',
};

export function StatusBadge({ status }: { status: OrderStatusName }) {
  return <span className={`rounded-full px-2 py-0.5 text-xs ${colours[status]}`}>{status}</span>;
}
