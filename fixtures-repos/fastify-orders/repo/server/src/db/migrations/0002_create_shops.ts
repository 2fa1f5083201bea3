import { Migration } from '@mikro-orm/migrations';

export class CreateShops extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table shop (
      id integer not null primary key autoincrement,
      public_id text not null,
      name text not null,
      slug text not null,
      currency text not null,
      tax_basis_points integer not null default 0,
      last_order_number integer not null default 1000,
      created_at datetime not null
    )`);
    this.addSql(`create unique index shop_public_id_unique on shop (public_id)`);
    this.addSql(`create unique index shop_slug_unique on shop (slug)`);
    this.addSql(`create table membership (
      id integer not null primary key autoincrement,
      shop_id integer not null,
      user_id integer not null,
      role text not null,
      created_at datetime not null,
      constraint membership_shop_id_foreign foreign key (shop_id) references shop (id),
      constraint membership_user_id_foreign foreign key (user_id) references user (id)
    )`);
    this.addSql(`create index membership_shop_id_index on membership (shop_id)`);
    this.addSql(`create index membership_user_id_index on membership (user_id)`);
    this.addSql(
      `create unique index membership_shop_id_user_id_unique on membership (shop_id, user_id)`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table membership`);
    this.addSql(`drop table shop`);
  }
}
