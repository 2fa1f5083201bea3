import { useQuery } from '@tanstack/react-query';
import { listRefunds } from '../../api/refunds.ts';
import type { OrderBody } from '../../api/types.ts';
import { Amount } from '../../components/Amount.tsx';
import { useSession } from '../session/useSession.ts';

export function RefundList({ order }: { order: OrderBody }) {
  const { client, shopId } = useSession();
  const { data } = useQuery({
    queryKey: ['refunds', order.id],
    queryFn: () => listRefunds(client, shopId, order.id),
    refetchInterval: ({ state }) => (state.data?.items.some(({ status }) => status === 'pending') ? 3000 : false),
  });
  return (
    <ul className="space-y-1 text-sm">
      {data?.items.map((refund) => (
        <li key={refund.id}>
          <Amount value={refund.amount} /> {refund.status} {refund.failure && <em>{refund.failure}</em>}
        </li>
      ))}
    </ul>
  );
}
