/** A JavaScript module of the page, as it lies on disk. */
export interface ClientModule {
  readonly name: string
  readonly text: string
}

/**
 * The page's modules as one script: each after those that it imports, without the imports and the word `export`. Modules must not name two things alike at
 * their top level, and import only each other, by name (`import { h } from './dom.js'`). Throws where they do otherwise: that is ours.
 */
export function joinModules(modules: readonly ClientModule[]): string {
  const byName = new Map(modules.map((module) => [module.name, module]))
  const ordered: string[] = []
  const done = new Set<string>()
  const visit = (name: string) => {
    const module = byName.get(name)
    if (module === undefined) {
      throw new Error(`The page's script imports ${name}, which is not there.`)
    }
    if (done.has(name)) {
      return
    }
    done.add(name)
    for (const [, imported = ''] of module.text.matchAll(imports)) {
      visit(imported)
    }
    ordered.push(
      module.text
        .replace(imports, '')
        .replace(/^export /gm, '')
        .trim(),
    )
  }
  for (const { name } of modules) {
    visit(name)
  }
  const names = ordered.flatMap((text) => [...text.matchAll(/^(?:async )?(?:function|const|let) (\w+)/gm)].map(([, name]) => name))
  const twice = names.find((name, index) => names.indexOf(name) !== index)
  if (twice !== undefined) {
    throw new Error(`The page's script names two things ${twice}.`)
  }
  return `'use strict'\n${ordered.join('\n\n')}\n`
}

const imports = /^import \{[^}]*\} from '\.\/([\w-]+\.js)'\n/gm
