import { Migration } from '@mikro-orm/migrations';

export class CreateMailRecords extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table mail_record (
      id integer not null primary key autoincrement,
      shop_id integer not null,
      key text not null,
      recipient text not null,
      subject text not null,
      sent_at datetime null,
      created_at datetime not null,
      constraint mail_record_shop_id_foreign foreign key (shop_id) references shop (id)
    )`);
    this.addSql(`create index mail_record_shop_id_index on mail_record (shop_id)`);
    this.addSql(`create unique index mail_record_key_unique on mail_record (key)`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table mail_record`);
  }
}
