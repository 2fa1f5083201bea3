import { Migration } from '@mikro-orm/migrations';

export class AddProductLowStockThreshold extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table product add column low_stock_threshold integer not null default 0`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table product drop column low_stock_threshold`);
  }
}
