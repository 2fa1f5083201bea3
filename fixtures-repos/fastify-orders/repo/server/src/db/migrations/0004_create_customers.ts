import { Migration } from '@mikro-orm/migrations';

export class CreateCustomers extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table customer (
      id integer not null primary key autoincrement,
      public_id text not null,
      shop_id integer not null,
      email text not null,
      email_key text not null,
      name text not null,
      phone text null,
      note text not null default '',
      constraint customer_shop_id_foreign foreign key (shop_id) references shop (id)
    )`);
    this.addSql(`create unique index customer_public_id_unique on customer (public_id)`);
    this.addSql(`create index customer_shop_id_index on customer (shop_id)`);
    this.addSql(
      `create unique index customer_shop_id_email_key_unique on customer (shop_id, email_key)`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table customer`);
  }
}
