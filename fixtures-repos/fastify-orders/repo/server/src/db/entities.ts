import { AccessToken, User } from '../modules/accounts/entities.ts';
import { AuditEvent } from '../modules/audit/entities.ts';
import { Product, StockMovement } from '../modules/catalog/entities.ts';
import { Customer } from '../modules/customers/entities.ts';
import { Export } from '../modules/exports/entities.ts';
import { MailRecord } from '../modules/mail/entities.ts';
import { Order, OrderLine } from '../modules/orders/entities.ts';
import { Payment } from '../modules/payments/entities.ts';
import { Refund, RefundLine } from '../modules/refunds/entities.ts';
import { Shipment, ShipmentLine } from '../modules/shipments/entities.ts';
import { Membership, Shop } from '../modules/shops/entities.ts';
import { WebhookDelivery, WebhookEndpoint } from '../modules/webhooks/entities.ts';

export const entities = [
  User,
  AccessToken,
  Shop,
  Membership,
  AuditEvent,
  Product,
  StockMovement,
  Customer,
  Order,
  OrderLine,
  Payment,
  Refund,
  RefundLine,
  Shipment,
  ShipmentLine,
  MailRecord,
  WebhookEndpoint,
  WebhookDelivery,
  Export,
] as const;
