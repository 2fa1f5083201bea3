import { Migration } from '@mikro-orm/migrations';

export class AddShipmentNoticeSentAt extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table shipment add column notice_sent_at datetime null`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table shipment drop column notice_sent_at`);
  }
}
