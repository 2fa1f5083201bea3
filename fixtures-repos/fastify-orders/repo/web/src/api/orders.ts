import type { Client } from './client.ts';
import type { OrderBody, OrderRow, Page } from './types.ts';

export interface OrderQuery {
  readonly status: string;
  readonly from: string;
  readonly to: string;
}

export function listOrders(client: Client, shopId: string, query: OrderQuery, cursor: string | null) {
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries({ ...query, cursor: cursor ?? '' })) {
    if (value !== '') {
      search.set(key, value);
    }
  }
  return client.get<Page<OrderRow>>(`/shops/${shopId}/orders?${search}`);
}

export function getOrder(client: Client, shopId: string, orderId: string) {
  return client.get<OrderBody>(`/shops/${shopId}/orders/${orderId}`);
}

export function saveOrder(client: Client, shopId: string, order: OrderBody) {
  const { note, shipping_address } = order;
  return client.patch<OrderBody>(`/shops/${shopId}/orders/${order.id}`, { note, shipping_address });
}

export type OrderAction = 'place' | 'pack' | 'cancel' | 'reorder';

export function actOnOrder(client: Client, shopId: string, orderId: string, action: OrderAction) {
  return client.post<OrderBody>(`/shops/${shopId}/orders/${orderId}/${action}`);
}
