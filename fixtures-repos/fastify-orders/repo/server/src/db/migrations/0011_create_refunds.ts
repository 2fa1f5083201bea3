import { Migration } from '@mikro-orm/migrations';

export class CreateRefunds extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table refund (
      id integer not null primary key autoincrement,
      public_id text not null,
      order_id integer not null,
      amount integer not null,
      reason text not null,
      status text not null default 'pending',
      failure text null,
      restocked integer not null default false,
      created_by_id integer not null,
      settled_at datetime null,
      created_at datetime not null,
      constraint refund_order_id_foreign foreign key (order_id) references orders (id),
      constraint refund_created_by_id_foreign foreign key (created_by_id) references user (id)
    )`);
    this.addSql(`create unique index refund_public_id_unique on refund (public_id)`);
    this.addSql(`create index refund_order_id_index on refund (order_id)`);
    this.addSql(`create index refund_created_by_id_index on refund (created_by_id)`);
    this.addSql(`create table refund_line (
      id integer not null primary key autoincrement,
      refund_id integer not null,
      line_id integer not null,
      quantity integer not null,
      amount integer not null,
      constraint refund_line_refund_id_foreign foreign key (refund_id) references refund (id),
      constraint refund_line_line_id_foreign foreign key (line_id) references order_line (id)
    )`);
    this.addSql(`create index refund_line_refund_id_index on refund_line (refund_id)`);
    this.addSql(`create index refund_line_line_id_index on refund_line (line_id)`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table refund_line`);
    this.addSql(`drop table refund`);
  }
}
