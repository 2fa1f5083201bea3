import { Migration } from '@mikro-orm/migrations';
import { textKey } from '../../core/text.ts';

export class FillCustomerNameKey extends Migration {
  override async up(): Promise<void> {
    const rows = await this.execute('select id, name from customer');
    for (const { id, name } of rows) {
      const values = [textKey(String(name)), id];
      await this.execute('update customer set name_key = ? where id = ?', values);
    }
  }

  override async down(): Promise<void> {}
}
