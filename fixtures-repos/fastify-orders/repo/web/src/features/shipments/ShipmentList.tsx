import { useQuery } from '@tanstack/react-query';
import { actOnShipment, listShipments } from '../../api/shipments.ts';
import type { OrderBody } from '../../api/types.ts';
import { ErrorNotice } from '../../components/ErrorNotice.tsx';
import { Moment } from '../../components/Moment.tsx';
import { useAction } from '../../hooks/useAction.ts';
import { useSession } from '../session/useSession.ts';
import { TrackingLink } from './TrackingLink.tsx';

export function ShipmentList({ order }: { order: OrderBody }) {
  const { client, shopId } = useSession();
  const key = ['shipments', order.id];
  const { data } = useQuery({ queryKey: key, queryFn: () => listShipments(client, shopId, order.id) });
  const send = useAction((id: string) => actOnShipment(client, shopId, id, 'dispatch'), key);
  return (
    <ul className="card space-y-2">
      {data?.items.map((shipment) => (
        <li key={shipment.id} className="flex items-center gap-3 text-sm">
          <span>{shipment.carrier}</span>
          <TrackingLink shipment={shipment} />
          <Moment value={shipment.dispatched_at} />
          {shipment.status === 'prepared' && (
            <button type="button" className="button" onClick={() => send.mutate(shipment.id)}>
              Dispatch
            </button>
          )}
        </li>
      ))}
      <ErrorNotice error={send.error} />
    </ul>
  );
}
