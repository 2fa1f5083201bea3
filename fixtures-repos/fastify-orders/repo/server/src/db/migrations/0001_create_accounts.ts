import { Migration } from '@mikro-orm/migrations';

export class CreateAccounts extends Migration {
  override async up(): Promise<void> {
    this.addSql(`create table user (
      id integer not null primary key autoincrement,
      public_id text not null,
      email text not null,
      email_key text not null,
      name text not null,
      password_hash text not null,
      created_at datetime not null
    )`);
    this.addSql(`create unique index user_public_id_unique on user (public_id)`);
    this.addSql(`create unique index user_email_key_unique on user (email_key)`);
    this.addSql(`create table access_token (
      id integer not null primary key autoincrement,
      user_id integer not null,
      token_hash text not null,
      expires_at datetime not null,
      created_at datetime not null,
      constraint access_token_user_id_foreign foreign key (user_id) references user (id)
    )`);
    this.addSql(`create index access_token_user_id_index on access_token (user_id)`);
    this.addSql(`create unique index access_token_token_hash_unique on access_token (token_hash)`);
  }

  override async down(): Promise<void> {
    this.addSql(`drop table access_token`);
    this.addSql(`drop table user`);
  }
}
