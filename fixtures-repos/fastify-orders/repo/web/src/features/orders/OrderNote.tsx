import { useState } from 'react';
import { saveOrder } from '../../api/orders.ts';
import type { OrderBody } from '../../api/types.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useAction } from '../../hooks/useAction.ts';
import { useSession } from '../session/useSession.ts';

export function OrderNote({ order }: { order: OrderBody }) {
  const { client, shopId } = useSession();
  const [note, setNote] = useState(order.note);
  const save = useAction(() => saveOrder(client, shopId, { ...order, note }), ['order', order.id]);
  return (
    <div className="card">
      <textarea className="field" rows={3} value={note} onChange={(event) => setNote(event.target.value)} />
      <button type="button" className="button mt-2" onClick={() => save.mutate(undefined)}>
        Save
      </button>
      <ErrorNotice error={save.error} />
    </div>
  );
}
