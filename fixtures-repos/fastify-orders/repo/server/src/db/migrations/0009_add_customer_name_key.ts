import { Migration } from '@mikro-orm/migrations';

export class AddCustomerNameKey extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table customer add column name_key text not null default ''`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table customer drop column name_key`);
  }
}
