import { Migration } from '@mikro-orm/migrations';

export class CreateAuditEvents extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table audit_event (
      id integer not null primary key autoincrement,
      public_id text not null,
      shop_id integer not null,
      actor_id integer null,
      action text not null,
      subject text not null,
      data json not null,
      created_at datetime not null,
      constraint audit_event_shop_id_foreign foreign key (shop_id) references shop (id),
      constraint audit_event_actor_id_foreign foreign key (actor_id) references user (id) on delete set null
    )`);
    this.addSql(`create unique index audit_event_public_id_unique on audit_event (public_id)`);
    this.addSql(`create index audit_event_shop_id_index on audit_event (shop_id)`);
    this.addSql(`create index audit_event_actor_id_index on audit_event (actor_id)`);
    this.addSql(`create index audit_event_shop_id_subject_index on audit_event (shop_id, subject)`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table audit_event`);
  }
}
