import type { Client } from './client.ts';
import type { ShipmentBody } from './types.ts';

export function listShipments(client: Client, shopId: string, orderId: string) {
  return client.get<{ items: ShipmentBody[] }>(`/shops/${shopId}/orders/${orderId}/shipments`);
}

export function actOnShipment(client: Client, shopId: string, shipmentId: string, action: 'dispatch' | 'deliver') {
  return client.post<ShipmentBody>(`/shops/${shopId}/shipments/${shipmentId}/${action}`);
}
