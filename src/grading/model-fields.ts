import { childOf, descendants, type SyntaxNode, type SyntaxTree, textOf } from '../syntax/syntax.ts'
import { tokensOf } from './source-tokens.ts'

const DJANGO = /^(?:models\.\w+|\w+\.fields\.\w+|\w*(?:Field|ForeignKey))$/
const ALCHEMY = /^(?:sa\.|orm\.|sqlalchemy\.)?(?:Column|mapped_column)$/

/**
 * The columns that a Python source declares, each as one text that changes when a migration is needed: of Django with all that it is declared with, of
 * SQLAlchemy by its name only, for most of what stands there is Python's alone.
 */
export function fieldsIn(tree: SyntaxTree): readonly string[] {
  if (tree.language !== 'python') {
    return []
  }
  const classes = descendants(tree.root).filter((node) => node.named && node.type === 'class_definition')
  return classes.flatMap((node) => {
    const name = textOf(tree, childOf(node, 'name') ?? node)
    const body = childOf(node, 'body')
    return (body?.children ?? []).flatMap((statement) => fieldOf(tree, name, statement))
  })
}

function fieldOf(tree: SyntaxTree, owner: string, statement: SyntaxNode): readonly string[] {
  const assignment = statement.type === 'expression_statement' ? statement.children.find(({ type }) => type === 'assignment') : undefined
  const [target, value] = assignment === undefined ? [null, null] : [childOf(assignment, 'left'), childOf(assignment, 'right')]
  const called = value?.type === 'call' ? childOf(value, 'function') : null
  if (target === null || value === null || called === null) {
    return []
  }
  const kind = textOf(tree, called)
  const name = `${owner}.${textOf(tree, target)}`
  if (ALCHEMY.test(kind)) {
    return [name]
  }
  return DJANGO.test(kind) ? [`${name} ${tokensOf(tree, value).join(' ')}`] : []
}

/** Columns of an entity in TypeScript, by decorators of TypeORM and MikroORM, and of a Prisma schema: by name. */
export function columnsIn(path: string, text: string): readonly string[] {
  if (path.endsWith('.prisma')) {
    return [...text.matchAll(/^model (\w+)\s*\{([\s\S]*?)^\}/gm)].flatMap(([, model, body = '']) =>
      [...body.matchAll(/^\s+(\w+)\s+\S/gm)].map(([, name]) => `${model}.${name}`),
    )
  }
  const decorator =
    /@(?:Column|PrimaryColumn|PrimaryGeneratedColumn|CreateDateColumn|UpdateDateColumn|Property|PrimaryKey|Enum|ManyToOne)\(/
  return decorator.test(text)
    ? [
        ...text.matchAll(
          new RegExp(`${decorator.source}[\\s\\S]*?\\)\\s*\\n?\\s*(?:@\\w+\\([^)]*\\)\\s*)*(?:readonly |public )*(\\w+)[!?]?\\s*[:=]`, 'g'),
        ),
      ].map(([, name]) => name ?? '')
    : []
}
