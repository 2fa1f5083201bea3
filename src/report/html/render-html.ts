import { type Pack, packTasks, type TaskDetails } from './chunk.ts'
import { type ClientModule, joinModules } from './join-modules.ts'
import type { PageIndex } from './page-index.ts'

/** What the page is made of beside its data: the files of `client/`, as they lie on disk. */
export interface PageAssets {
  readonly modules: readonly ClientModule[]
  readonly styles: readonly string[]
}

/** Means that are not pure, or not the same everywhere. `sha256`: of the text's UTF-8, in base64. */
export interface PageMeans {
  readonly pack: Pack
  readonly sha256: (text: string) => string
}

/** A page above this size is slow to open, and a browser on a phone gives up on it. */
const MOST_BYTES = 3_000_000

/**
 * A report as one HTML file that needs nothing else: no network, no other file. Data lie in it packed, in blocks that no browser runs; its script builds the
 * page of nodes and text alone, and the policy in its head forbids every other script, style, request and every way to turn text into markup.
 */
export function renderHtml(
  index: PageIndex,
  details: readonly TaskDetails[],
  assets: PageAssets,
  { pack, sha256 }: PageMeans,
  maxBytes: number = MOST_BYTES,
): string {
  const script = `\n${joinModules(assets.modules)}`
  const style = `\n${assets.styles.join('\n')}`
  const policy = [
    "default-src 'none'",
    `script-src 'sha256-${sha256(script)}'`,
    `style-src 'sha256-${sha256(style)}'`,
    "base-uri 'none'",
    "form-action 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ')
  const head = pageHead({ title: `${index.title}: Assay`, policy, style })
  const packedIndex = pack(JSON.stringify(index))
  const frame = (blocks: readonly string[]) =>
    [head, dataBlock('index', packedIndex), ...blocks, `<script>${script}</script>\n</body>\n</html>\n`].join('\n')
  const empty = frame(details.map((_, number) => dataBlock(`task-${number}`, '')))
  const room = maxBytes - new TextEncoder().encode(empty).length
  return frame(packTasks(details, Math.max(0, room), pack).map((packed, number) => dataBlock(`task-${number}`, packed)))
}

/** Base64 holds no character that ends a script element. */
function dataBlock(name: string, packed: string): string {
  return `<script type="application/octet-stream" id="data-${name}">${packed}</script>`
}

function pageHead({ title, policy, style }: { readonly title: string; readonly policy: string; readonly style: string }): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="color-scheme" content="light dark">
<title>${markup(title)}</title>
<style>${style}</style>
</head>
<body>
<noscript><p>This report is drawn by its own script, which this viewer does not run. Open the file in a browser, or read <code>report.md</code> beside it.</p></noscript>
<div id="page"></div>`
}

function markup(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}
