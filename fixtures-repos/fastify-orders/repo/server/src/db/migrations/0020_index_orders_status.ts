import { Migration } from '@mikro-orm/migrations';

export class IndexOrdersStatus extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create index orders_shop_id_status_index on orders (shop_id, status)`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop index orders_shop_id_status_index`);
  }
}
