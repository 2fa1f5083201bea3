import { Migration } from '@mikro-orm/migrations';

export class AddRefundIdempotencyKey extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table refund add column idempotency_key text null`);
    this.addSql(`alter table refund add column request_digest text null`);
    this.addSql(
      `create unique index refund_order_id_idempotency_key_unique on refund (order_id, idempotency_key)`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop index refund_order_id_idempotency_key_unique`);
    this.addSql(`alter table refund drop column request_digest`);
    this.addSql(`alter table refund drop column idempotency_key`);
  }
}
