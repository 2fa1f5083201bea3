import { Migration } from '@mikro-orm/migrations';

export class CreateWebhooks extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table webhook_endpoint (
      id integer not null primary key autoincrement,
      public_id text not null,
      shop_id integer not null,
      url text not null,
      secret text not null,
      topics json not null,
      active integer not null default true,
      created_at datetime not null,
      constraint webhook_endpoint_shop_id_foreign foreign key (shop_id) references shop (id)
    )`);
    this.addSql(
      `create unique index webhook_endpoint_public_id_unique on webhook_endpoint (public_id)`,
    );
    this.addSql(`create index webhook_endpoint_shop_id_index on webhook_endpoint (shop_id)`);
    this.addSql(`create table webhook_delivery (
      id integer not null primary key autoincrement,
      public_id text not null,
      endpoint_id integer not null,
      topic text not null,
      body json not null,
      status text not null default 'pending',
      attempts integer not null default 0,
      last_status_code integer null,
      delivered_at datetime null,
      created_at datetime not null,
      constraint webhook_delivery_endpoint_id_foreign foreign key (endpoint_id) references webhook_endpoint (id) on delete cascade
    )`);
    this.addSql(
      `create unique index webhook_delivery_public_id_unique on webhook_delivery (public_id)`,
    );
    this.addSql(
      `create index webhook_delivery_endpoint_id_index on webhook_delivery (endpoint_id)`,
    );
    this.addSql(
      `create index webhook_delivery_endpoint_id_status_index on webhook_delivery (endpoint_id, status)`,
    );
  }

  override async down(): Promise<void> {
    this.addSql(`drop table webhook_delivery`);
    this.addSql(`drop table webhook_endpoint`);
  }
}
