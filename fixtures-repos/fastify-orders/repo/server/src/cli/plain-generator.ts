import { TSMigrationGenerator } from '@mikro-orm/migrations';

interface Statements {
  readonly up: readonly string[];
  readonly down: readonly string[];
}

export class PlainGenerator extends TSMigrationGenerator {
  override generateMigrationFile(
    _className: string,
    diff: { up: string[]; down: string[] },
  ): string {
    return migrationSource('Generated', diff);
  }
}

function migrationSource(className: string, { up, down }: Statements): string {
  const body = (statements: readonly string[]) =>
    statements
      .filter((sql) => sql.trim() !== '')
      .map((sql) => `    this.addSql(\`${sql.replaceAll('`', '').replace(/;$/u, '')}\`);\n`)
      .join('');
  return [
    "import { Migration } from '@mikro-orm/migrations';\n\n",
    `export class ${className} extends Migration {\n`,
    `  override async up(): Promise<void> {\n${body(up)}  }\n\n`,
    `  override async down(): Promise<void> {\n${body(down)}  }\n}\n`,
  ].join('');
}
