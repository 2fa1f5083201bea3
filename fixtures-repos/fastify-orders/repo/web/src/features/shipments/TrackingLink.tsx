import type { ShipmentBody } from '../../api/types.ts';

export function TrackingLink({ shipment }: { shipment: ShipmentBody & { readonly tracking_url?: string | null } }) {
  if (!shipment.tracking_number) {
    return null;
  }
  if (!shipment.tracking_url) {
    return <code>{shipment.tracking_number}</code>;
  }
  return (
    <a className="text-brand underline" href={shipment.tracking_url} target="_blank" rel="noreferrer">
      {shipment.tracking_number}
    </a>
  );
}
