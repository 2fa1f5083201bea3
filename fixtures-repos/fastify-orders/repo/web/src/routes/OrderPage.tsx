import { useQuery } from '@tanstack/react-query';
import { useParams } from 'react-router';
import { getOrder } from '../api/orders.ts';
import { ErrorNotice } from '../components/ErrorNotice.tsx';
import { StatusBadge } from '../components/StatusBadge.tsx';
import { OrderActions } from '../features/orders/OrderActions.tsx';
import { OrderLines } from '../features/orders/OrderLines.tsx';
import { OrderNote } from '../features/orders/OrderNote.tsx';
import { PromisedDelivery } from '../features/orders/PromisedDelivery.tsx';
import { RefundForm } from '../features/refunds/RefundForm.tsx';
import { RefundList } from '../features/refunds/RefundList.tsx';
import { useSession } from '../features/session/useSession.ts';
import { ShipmentList } from '../features/shipments/ShipmentList.tsx';

export function OrderPage() {
  const { orderId = '' } = useParams();
  const { client, shopId } = useSession();
  const { data: order, error } = useQuery({
    queryKey: ['order', orderId],
    queryFn: () => getOrder(client, shopId, orderId),
  });
  if (!order) {
    return <ErrorNotice error={error} />;
  }
  return (
    <article className="space-y-4">
      <h1 className="flex items-center gap-3 text-xl font-semibold">
        Order {order.number} <StatusBadge status={order.status} />
      </h1>
      <PromisedDelivery order={order} />
      <OrderActions order={order} />
      <OrderLines order={order} />
      <OrderNote order={order} />
      <ShipmentList order={order} />
      <RefundList order={order} />
      {order.paid_at && <RefundForm order={order} />}
    </article>
  );
}
