import type { OrderBody } from '../../api/types.ts';
import { Amount } from '../../components/Amount.tsx';

export function OrderLines({ order }: { order: OrderBody }) {
  return (
    <table className="w-full text-sm">
      <tbody>
        {order.lines.map((line) => (
          <tr key={line.line}>
            <td className="py-1">{line.quantity} ×</td>
            <td>{line.name}</td>
            <td className="text-stone-500">{line.sku}</td>
            <td className="text-right">
              <Amount value={line.unit_price} />
            </td>
          </tr>
        ))}
      </tbody>
      <tfoot className="border-t border-stone-200 font-medium">
        <tr>
          <td colSpan={3}>Total, with tax of {<Amount value={order.tax} />}</td>
          <td className="text-right">
            <Amount value={order.total} />
          </td>
        </tr>
      </tfoot>
    </table>
  );
}
