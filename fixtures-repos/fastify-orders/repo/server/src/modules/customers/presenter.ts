import type { CustomerBody, CustomerRow } from '../../../../contracts/customers.ts';
import { optionalTimestamp } from '../../core/timestamps.ts';
import type { Customer } from './entities.ts';

export function presentCustomer(customer: Customer): CustomerBody {
  return {
    id: customer.publicId,
    email: customer.email,
    name: customer.name,
    phone: customer.phone ?? null,
    note: customer.note,
  };
}

export function presentCustomerRow(
  customer: Customer,
  orders: { count: number; last: Date | null },
): CustomerRow {
  return {
    ...presentCustomer(customer),
    orders_count: orders.count,
    last_order_at: optionalTimestamp(orders.last),
  };
}
