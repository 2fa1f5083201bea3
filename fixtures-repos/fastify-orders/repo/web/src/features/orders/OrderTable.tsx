import { Link } from 'react-router';
import type { OrderRow } from '../../api/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { Moment } from '../../components/Moment.tsx';
import { StatusBadge } from '../../components/StatusBadge.tsx';

export function OrderTable({ orders }: { orders: readonly OrderRow[] }) {
  return (
    <table className="w-full text-left text-sm">
      <tbody>
        {orders.map((order) => (
          <tr key={order.id} className="border-b border-stone-200">
            <td className="py-2">
              <Link to={`/orders/${order.id}`}>{order.number}</Link>
            </td>
            <td>{order.customer.name}</td>
            <td>
              <StatusBadge status={order.status} />
            </td>
            <td>
              <Moment value={order.placed_at} />
            </td>
            <td className="text-right">
              <Amount value={order.total} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
