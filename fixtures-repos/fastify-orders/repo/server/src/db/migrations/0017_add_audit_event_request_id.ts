import { Migration } from '@mikro-orm/migrations';

export class AddAuditEventRequestId extends Migration {
  override async up(): Promise<void> {
    this.addSql(`alter table audit_event add column request_id text null`);
  }

  override async down(): Promise<void> {
    this.addSql(`alter table audit_event drop column request_id`);
  }
}
