import { now } from '../../src/core/clock.ts';
import { emailKey, slugOf, textKey } from '../../src/core/text.ts';
import { User } from '../../src/modules/accounts/entities.ts';
import { Product } from '../../src/modules/catalog/entities.ts';
import { Customer } from '../../src/modules/customers/entities.ts';
import { Order, OrderLine } from '../../src/modules/orders/entities.ts';
import type { OrderStatus } from '../../src/modules/orders/state.ts';
import { recalculate } from '../../src/modules/orders/totals.ts';
import { Payment } from '../../src/modules/payments/entities.ts';
import { Shipment, ShipmentLine } from '../../src/modules/shipments/entities.ts';
import { Membership, Shop } from '../../src/modules/shops/entities.ts';
import type { Role } from '../../src/modules/shops/roles.ts';
import { WebhookEndpoint } from '../../src/modules/webhooks/entities.ts';
import type { WebhookTopic } from '../../src/modules/webhooks/topics.ts';
import { db } from './backend.ts';

let counter = 0;

function unique(word: string): string {
  counter += 1;
  return `${word}-${counter}`;
}

export async function makeUser({
  name = 'Kim Staff',
  email = `${unique('kim')}@shop.example`,
} = {}) {
  const em = db();
  const user = em.create(User, { name, email, emailKey: emailKey(email), passwordHash: 'x:y' });
  await em.flush();
  return user;
}

export async function makeShop({
  name = unique('Shop'),
  currency = 'EUR',
  taxBasisPoints = 0,
  alertEmail = null as string | null,
} = {}) {
  const em = db();
  const shop = em.create(Shop, { name, slug: slugOf(name), currency, taxBasisPoints, alertEmail });
  await em.flush();
  return shop;
}

export async function makeStaff(shop: Shop, role: Role, name = `Kim ${role}`) {
  const user = await makeUser({ name });
  const em = db();
  em.create(Membership, { shop: em.merge(shop), user: em.merge(user), role });
  await em.flush();
  return user;
}

export async function makeProduct(
  shop: Shop,
  { sku = unique('SKU'), name = 'Blue mug', price = 1000, stock = 10, lowStockThreshold = 0 } = {},
) {
  const em = db();
  const slug = slugOf(`${name} ${sku}`);
  const values = { sku, skuKey: textKey(sku), name, slug, price, stock, lowStockThreshold };
  const product = em.create(Product, { shop: em.merge(shop), ...values });
  await em.flush();
  return product;
}

export async function makeCustomer(
  shop: Shop,
  { name = 'Robin Buyer', email = `${unique('robin')}@mail.example` } = {},
) {
  const em = db();
  const keys = { emailKey: emailKey(email), nameKey: textKey(name) };
  const customer = em.create(Customer, { shop: em.merge(shop), name, email, ...keys });
  await em.flush();
  return customer;
}

export interface WantedLine {
  readonly product: Product;
  readonly quantity?: number;
}

export async function makeOrder(
  shop: Shop,
  {
    status = 'draft',
    lines,
    customer,
    discount = 0,
    placedAt,
  }: {
    status?: OrderStatus;
    lines?: readonly WantedLine[];
    customer?: Customer;
    discount?: number;
    placedAt?: Date;
  } = {},
) {
  const wanted = lines ?? [{ product: await makeProduct(shop), quantity: 2 }];
  const buyer = customer ?? (await makeCustomer(shop));
  const em = db();
  counter += 1;
  const order = em.create(Order, {
    shop: em.merge(shop),
    customer: em.merge(buyer),
    number: counter,
    status,
    currency: shop.currency,
    discount,
    placedAt: status === 'draft' ? null : (placedAt ?? now()),
  });
  for (const [index, { product, quantity = 1 }] of wanted.entries()) {
    const merged = em.merge(product);
    const { sku, name, price } = merged;
    const line = { product: merged, position: index + 1, sku, name, unitPrice: price, quantity };
    order.lines.add(em.create(OrderLine, { order, ...line }));
  }
  recalculate(order, shop.taxBasisPoints);
  await em.flush();
  return order;
}

export async function makePayment(
  order: Order,
  { amount = order.total, reference = unique('tx') } = {},
) {
  const em = db();
  const payment = em.create(Payment, { order: em.merge(order), amount, method: 'card', reference });
  await em.flush();
  return payment;
}

export async function makePaidOrder(
  shop: Shop,
  options: Parameters<typeof makeOrder>[1] & {
    status?: 'paid' | 'packing' | 'shipped' | 'delivered';
  } = {},
) {
  const order = await makeOrder(shop, { status: 'paid', ...options });
  await makePayment(order);
  return order;
}

export async function makeShipment(order: Order, quantities: readonly number[]) {
  const em = db();
  const merged = em.merge(order);
  const shipment = em.create(Shipment, {
    order: merged,
    carrier: 'Postline',
    trackingNumber: 'PL1',
  });
  for (const [index, quantity] of quantities.entries()) {
    const line = merged.lines.getItems()[index];
    if (line !== undefined) {
      shipment.lines.add(em.create(ShipmentLine, { shipment, line, quantity }));
    }
  }
  await em.flush();
  return shipment;
}

export async function makeWebhook(shop: Shop, topics: WebhookTopic[] = ['order.placed']) {
  const em = db();
  const url = `https://${unique('hooks')}.example/orders`;
  const endpoint = em.create(WebhookEndpoint, {
    shop: em.merge(shop),
    url,
    secret: 'whsec_1',
    topics,
  });
  await em.flush();
  return endpoint;
}
