import { actOnOrder, type OrderAction } from '../../api/orders.ts';
import type { OrderBody, OrderStatusName } from '../../api/types.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { useAction } from '../../hooks/useAction.ts';
import { useSession } from '../session/useSession.ts';

const possible: Record<OrderStatusName, readonly OrderAction[]> = {
  draft: ['place', 'cancel'],
  placed: ['cancel'],
  paid: ['pack', 'cancel'],
  packing: [],
  shipped: ['reorder'],
  delivered: ['reorder'],
  cancelled: ['reorder'],
};

export function OrderActions({ order }: { order: OrderBody }) {
  const { client, shopId } = useSession();
  const act = useAction((action: OrderAction) => actOnOrder(client, shopId, order.id, action), ['order', order.id]);
  return (
    <div className="flex gap-2">
      {possible[order.status].map((action) => (
        <button key={action} type="button" className="button" disabled={act.isPending} onClick={() => act.mutate(action)}>
          {action}
        </button>
      ))}
      <ErrorNotice error={act.error} />
    </div>
  );
}
