import { Migration } from '@mikro-orm/migrations';

export class CreateExports extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table export (
      id integer not null primary key autoincrement,
      public_id text not null,
      shop_id integer not null,
      kind text not null,
      status text not null default 'queued',
      from_day text null,
      to_day text null,
      rows integer null,
      content text null,
      requested_by_id integer not null,
      finished_at datetime null,
      created_at datetime not null,
      constraint export_shop_id_foreign foreign key (shop_id) references shop (id),
      constraint export_requested_by_id_foreign foreign key (requested_by_id) references user (id)
    )`);
    this.addSql(`create unique index export_public_id_unique on export (public_id)`);
    this.addSql(`create index export_shop_id_index on export (shop_id)`);
    this.addSql(`create index export_requested_by_id_index on export (requested_by_id)`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table export`);
  }
}
