/** Whether a path is a migration of Django, Alembic, TypeORM, MikroORM, Prisma, Knex or plain SQL: a step, not what a tool keeps beside the steps. */
export function isMigration(path: string): boolean {
  return (
    /(?:^|\/)(?:migrations?|alembic\/versions)\/(?:[^/]+\/)?[^/]+\.(?:py|ts|js|sql|go)$/.test(path) &&
    !/\/(?:__init__\.py|env\.py|index\.[tj]s)$/.test(path)
  )
}

/** The folder that holds the migrations of one application, and the name of that application. */
export function homeOf(path: string): { readonly folder: string; readonly app: string } {
  const folder = path.replace(/\/[^/]+$/, '')
  return { folder, app: folder.split('/').at(-2) ?? '' }
}
