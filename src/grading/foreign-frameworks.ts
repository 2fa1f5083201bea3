import { languageOf } from '../syntax/syntax.ts'
import type { ChangedSource } from './changed-sources.ts'
import type { Observation } from './rule.ts'
import { lineAt, type Sibling } from './siblings.ts'

/** Frameworks that do the same thing: a project that has one of them does not want another beside it. */
const families: readonly { readonly language: 'python' | 'script' | 'go'; readonly members: Readonly<Record<string, RegExp>> }[] = [
  {
    language: 'python',
    members: {
      Django: /^(?:django|rest_framework)\b/,
      Flask: /^flask\w*\b/,
      FastAPI: /^(?:fastapi|starlette)\b/,
      Sanic: /^sanic\b/,
      aiohttp: /^aiohttp\.web\b/,
      Tornado: /^tornado\b/,
      Bottle: /^bottle\b/,
      Falcon: /^falcon\b/,
      Litestar: /^litestar\b/,
    },
  },
  {
    language: 'python',
    members: {
      'the ORM of Django': /^django\.db\b/,
      SQLAlchemy: /^(?:sqlalchemy|sqlmodel)\b/,
      Peewee: /^peewee\b/,
      Tortoise: /^tortoise\b/,
      Pony: /^pony\b/,
      psycopg: /^(?:psycopg2?|asyncpg|sqlite3|aiosqlite)\b/,
    },
  },
  {
    language: 'python',
    members: { Celery: /^celery\b/, RQ: /^(?:django_)?rq\b/, Dramatiq: /^dramatiq\b/, Huey: /^huey\b/, APScheduler: /^apscheduler\b/ },
  },
  {
    language: 'python',
    members: { 'Django REST framework': /^rest_framework\b/, Pydantic: /^pydantic\b/, Marshmallow: /^marshmallow\b/, attrs: /^attrs?\b/ },
  },
  { language: 'python', members: { pytest: /^pytest\b/, unittest: /^unittest(?:\.case|\.IsolatedAsyncioTestCase)?$/, nose: /^nose\b/ } },
  {
    language: 'script',
    members: {
      Express: /^express$/,
      Fastify: /^fastify$/,
      Nest: /^@nestjs\/(?:common|core)$/,
      Koa: /^koa$/,
      Hono: /^hono$/,
      hapi: /^@hapi\/hapi$/,
    },
  },
  {
    language: 'script',
    members: {
      TypeORM: /^(?:typeorm|@nestjs\/typeorm)$/,
      MikroORM: /^@mikro-orm\//,
      Prisma: /^@prisma\/client$/,
      Drizzle: /^drizzle-orm\b/,
      Sequelize: /^sequelize$/,
      Knex: /^knex$/,
      Mongoose: /^mongoose$/,
    },
  },
  {
    language: 'script',
    members: { vitest: /^vitest$/, Jest: /^(?:@jest\/globals|jest)$/, Mocha: /^mocha$/, 'node:test': /^node:test$/, AVA: /^ava$/ },
  },
  {
    language: 'script',
    members: {
      zod: /^zod$/,
      Joi: /^joi$/,
      yup: /^yup$/,
      'class-validator': /^class-validator$/,
      TypeBox: /^@sinclair\/typebox$/,
      valibot: /^valibot$/,
    },
  },
  { language: 'script', members: { BullMQ: /^bullmq$/, Bull: /^bull$/, Agenda: /^agenda$/, 'pg-boss': /^pg-boss$/ } },
  {
    language: 'go',
    members: {
      chi: /^github\.com\/go-chi\/chi/,
      Gin: /^github\.com\/gin-gonic\/gin/,
      Echo: /^github\.com\/labstack\/echo/,
      Fiber: /^github\.com\/gofiber\/fiber/,
    },
  },
]

/** New imports of a framework that no file of the base imports, where the base has another one for the same thing. */
export function foreignFrameworks(sources: readonly ChangedSource[], siblings: readonly Sibling[]): readonly Observation[] {
  const had = siblings.flatMap(({ path, text }) => importsIn(path, text).map(({ module }) => ({ language: kindOf(path), module })))
  return sources.flatMap(({ path, after }) => {
    const imports = after === null ? [] : importsIn(path, after.text)
    const language = kindOf(path)
    return families
      .filter((family) => family.language === language)
      .flatMap(({ members }): readonly Observation[] => {
        const known = Object.entries(members).filter(([, pattern]) =>
          had.some((one) => one.language === language && pattern.test(one.module)),
        )
        const fresh = imports.flatMap(({ module, line }) => {
          const member = Object.entries(members).find(([, pattern]) => pattern.test(module))
          return member === undefined || known.some(([name]) => name === member[0]) ? [] : [{ name: member[0], line }]
        })
        const [first] = fresh
        const own = known.map(([name]) => name).join(', ')
        return first === undefined || own === ''
          ? []
          : [{ code: 'FOREIGN_FRAMEWORK', path, line: first.line, args: { name: first.name, own } }]
      })
  })
}

function kindOf(path: string): 'python' | 'script' | 'go' | null {
  const language = languageOf(path)
  return language === 'python' || language === 'go' ? language : language === null || language === 'bash' ? null : 'script'
}

function importsIn(path: string, text: string): readonly { readonly module: string; readonly line: number }[] {
  const patterns = {
    python: /^[ \t]*(?:from\s+([\w.]+)\s+import|import\s+([\w.]+))/gm,
    script: /(?:\bfrom\s*|\brequire\(\s*|^\s*import\s*)['"]([^'"]+)['"]/gm,
    go: /^\s*(?:import\s+)?(?:[\w.]+\s+)?"([\w./-]+)"/gm,
  }
  const kind = kindOf(path)
  const matches = kind === null ? [] : [...text.matchAll(patterns[kind])]
  return matches.map(({ index, 0: whole, 1: one, 2: other }) => ({
    module: one ?? other ?? '',
    line: lineAt(text, index + whole.search(/\S/)),
  }))
}
