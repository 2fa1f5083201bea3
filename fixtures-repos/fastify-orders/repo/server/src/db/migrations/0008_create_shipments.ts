import { Migration } from '@mikro-orm/migrations';

export class CreateShipments extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table shipment (
      id integer not null primary key autoincrement,
      public_id text not null,
      order_id integer not null,
      carrier text not null,
      tracking_number text null,
      status text not null default 'prepared',
      dispatched_at datetime null,
      delivered_at datetime null,
      created_at datetime not null,
      constraint shipment_order_id_foreign foreign key (order_id) references orders (id)
    )`);
    this.addSql(`create unique index shipment_public_id_unique on shipment (public_id)`);
    this.addSql(`create index shipment_order_id_index on shipment (order_id)`);
    this.addSql(`create table shipment_line (
      id integer not null primary key autoincrement,
      shipment_id integer not null,
      line_id integer not null,
      quantity integer not null,
      constraint shipment_line_shipment_id_foreign foreign key (shipment_id) references shipment (id),
      constraint shipment_line_line_id_foreign foreign key (line_id) references order_line (id)
    )`);
    this.addSql(`create index shipment_line_shipment_id_index on shipment_line (shipment_id)`);
    this.addSql(`create index shipment_line_line_id_index on shipment_line (line_id)`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table shipment_line`);
    this.addSql(`drop table shipment`);
  }
}
