import { Migration } from '@mikro-orm/migrations';

export class CreateOrders extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table orders (
      id integer not null primary key autoincrement,
      public_id text not null,
      shop_id integer not null,
      customer_id integer not null,
      number integer not null,
      status text not null default 'draft',
      currency text not null,
      subtotal integer not null default 0,
      discount integer not null default 0,
      tax integer not null default 0,
      total integer not null default 0,
      note text not null default '',
      shipping_address text not null default '',
      placed_at datetime null,
      paid_at datetime null,
      shipped_at datetime null,
      delivered_at datetime null,
      cancelled_at datetime null,
      created_at datetime not null,
      constraint orders_shop_id_foreign foreign key (shop_id) references shop (id),
      constraint orders_customer_id_foreign foreign key (customer_id) references customer (id)
    )`);
    this.addSql(`create unique index orders_public_id_unique on orders (public_id)`);
    this.addSql(`create index orders_shop_id_index on orders (shop_id)`);
    this.addSql(`create index orders_customer_id_index on orders (customer_id)`);
    this.addSql(`create unique index orders_shop_id_number_unique on orders (shop_id, number)`);
    this.addSql(`create table order_line (
      id integer not null primary key autoincrement,
      order_id integer not null,
      product_id integer not null,
      position integer not null,
      sku text not null,
      name text not null,
      unit_price integer not null,
      quantity integer not null,
      discount integer not null default 0,
      tax integer not null default 0,
      constraint order_line_order_id_foreign foreign key (order_id) references orders (id),
      constraint order_line_product_id_foreign foreign key (product_id) references product (id)
    )`);
    this.addSql(`create index order_line_order_id_index on order_line (order_id)`);
    this.addSql(`create index order_line_product_id_index on order_line (product_id)`);
    this.addSql(
      `create unique index order_line_order_id_position_unique on order_line (order_id, position)`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table order_line`);
    this.addSql(`drop table orders`);
  }
}
