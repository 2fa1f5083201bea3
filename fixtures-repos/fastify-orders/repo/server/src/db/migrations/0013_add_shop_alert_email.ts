import { Migration } from '@mikro-orm/migrations';

export class AddShopAlertEmail extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table shop add column alert_email text null`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table shop drop column alert_email`);
  }
}
