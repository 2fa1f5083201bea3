import { Migration } from '@mikro-orm/migrations';

export class CreateCatalog extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table product (
      id integer not null primary key autoincrement,
      public_id text not null,
      shop_id integer not null,
      sku text not null,
      sku_key text not null,
      name text not null,
      slug text not null,
      price integer not null,
      stock integer not null default 0,
      archived_at datetime null,
      created_at datetime not null,
      constraint product_shop_id_foreign foreign key (shop_id) references shop (id)
    )`);
    this.addSql(`create unique index product_public_id_unique on product (public_id)`);
    this.addSql(`create index product_shop_id_index on product (shop_id)`);
    this.addSql(`create unique index product_shop_id_sku_key_unique on product (shop_id, sku_key)`);
    this.addSql(`create unique index product_shop_id_slug_unique on product (shop_id, slug)`);
    this.addSql(`create table stock_movement (
      id integer not null primary key autoincrement,
      product_id integer not null,
      delta integer not null,
      reason text not null,
      reference text null,
      actor_id integer null,
      created_at datetime not null,
      constraint stock_movement_product_id_foreign foreign key (product_id) references product (id),
      constraint stock_movement_actor_id_foreign foreign key (actor_id) references user (id) on delete set null
    )`);
    this.addSql(`create index stock_movement_product_id_index on stock_movement (product_id)`);
    this.addSql(`create index stock_movement_actor_id_index on stock_movement (actor_id)`);
    this.addSql(
      `create index stock_movement_product_id_created_at_index on stock_movement (product_id, created_at)`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table stock_movement`);
    this.addSql(`drop table product`);
  }
}
