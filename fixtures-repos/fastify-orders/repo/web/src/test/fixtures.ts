import type { OrderBody } from '../api/types.ts';

const eur = (amount: number) => ({ amount, currency: 'EUR' });

export const order: OrderBody = {
  id: 'ord_23456789abcdef',
  number: 1001,
  status: 'placed',
  customer: { id: 'cus_23456789abcdef', name: 'Robin Buyer' },
  total: eur(2975),
  placed_at: '2026-03-09T08:30:15Z',
  created_at: '2026-03-09T08:00:00Z',
  lines: [],
  subtotal: eur(2500),
  discount: eur(0),
  tax: eur(475),
  note: '',
  shipping_address: '1 Long Road',
  paid_at: null,
  shipped_at: null,
  delivered_at: null,
  cancelled_at: null,
};
