import { useState } from 'react';
import { createRefund } from '../../api/refunds.ts';
import type { OrderBody } from '../../api/types.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useAction } from '../../hooks/useAction.ts';
import { useSession } from '../session/useSession.ts';

export function RefundForm({ order }: { order: OrderBody }) {
  const { client, shopId } = useSession();
  const [key] = useState(() => crypto.randomUUID());
  const [quantities, setQuantities] = useState<Record<number, number>>({});
  const [reason, setReason] = useState('');
  const [restock, setRestock] = useState(true);
  const lines = Object.entries(quantities)
    .map(([line, quantity]) => ({ line: Number(line), quantity }))
    .filter(({ quantity }) => quantity > 0);
  const refund = useAction(
    () => createRefund(client, shopId, order.id, { lines, reason, restock }, key),
    ['refunds', order.id],
  );
  return (
    <form className="card space-y-2" onSubmit={(event) => event.preventDefault()}>
      {order.lines.map(({ line, name, quantity }) => (
        <label key={line} className="flex items-center gap-3 text-sm">
          {name}
          <input
            className="field w-20"
            type="number"
            min={0}
            max={quantity}
            value={quantities[line] ?? 0}
            onChange={(event) => setQuantities({ ...quantities, [line]: event.target.valueAsNumber })}
          />
        </label>
      ))}
      <input className="field" placeholder="Reason" value={reason} onChange={(event) => setReason(event.target.value)} />
      <label className="text-sm">
        <input type="checkbox" checked={restock} onChange={(event) => setRestock(event.target.checked)} /> back to stock
      </label>
      <button type="submit" className="button" disabled={lines.length === 0 || refund.isPending} onClick={() => refund.mutate(undefined)}>
        Refund
      </button>
      <ErrorNotice error={refund.error} />
    </form>
  );
}
