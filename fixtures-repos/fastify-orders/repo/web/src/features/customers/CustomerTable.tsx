import type { CustomerRow } from '../../api/types.ts';
import { Moment } from '../../components/Moment.tsx';

type Row = CustomerRow & { readonly customer_since?: string | null };

export function CustomerTable({ customers }: { customers: readonly Row[] }) {
  return (
    <table className="w-full text-left text-sm">
      <tbody>
        {customers.map((customer) => (
          <tr key={customer.id} className="border-b border-stone-200">
            <td className="py-2">{customer.name}</td>
            <td>{customer.email}</td>
            <td className="text-right">{customer.orders_count}</td>
            <td>
              <Moment value={customer.last_order_at} />
            </td>
            <td>{customer.customer_since && <Moment value={customer.customer_since} />}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
