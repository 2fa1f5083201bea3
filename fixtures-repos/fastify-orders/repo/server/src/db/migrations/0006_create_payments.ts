import { Migration } from '@mikro-orm/migrations';

export class CreatePayments extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table payment (
      id integer not null primary key autoincrement,
      public_id text not null,
      order_id integer not null,
      amount integer not null,
      method text not null,
      reference text not null,
      received_at datetime not null,
      constraint payment_order_id_foreign foreign key (order_id) references orders (id)
    )`);
    this.addSql(`create unique index payment_public_id_unique on payment (public_id)`);
    this.addSql(`create index payment_order_id_index on payment (order_id)`);
    this.addSql(
      `create unique index payment_order_id_reference_unique on payment (order_id, reference)`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table payment`);
  }
}
