import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { openChromium } from './open-chromium.ts'
import { openPage } from './open-page.ts'
import { samplePage } from './sample-pages.ts'

/** What an agent might write in any place where it has a say. */
const HOSTILE = [
  '</title></script><script>globalThis.pwned = 1</script>',
  '</style><img src=x onerror="globalThis.pwned = 2"><svg onload=globalThis.pwned=3>',
  '<!--<script>',
  '[press](javascript:globalThis.pwned=4) <a href="javascript:globalThis.pwned=5">here</a>',
  '\u{1b}[31mred\u{1b}[2J\u{1b}]8;;http://evil.example\u0007link',
  '\u{202e}gpj.exe\u{2066} \0 \u{1}0 \u{ffff} \ud800 \u{85}\u{2028}',
  `'"\`$` + '{globalThis.pwned = 6}{{7*7}}',
  'diff --git a/real b/real',
].join('\n')

const routes = [
  '',
  'task/django-docket/notifications-api',
  ...['', '/changes', '/suites', '/verdict', '/finding-0'].map((part) => `trial/b/django-docket/notifications-api/1${part}`),
]

let browser: Browser
beforeAll(async () => {
  browser = await openChromium()
})
afterAll(() => browser?.close())

it('everything that an agent wrote is text, wherever it is shown', async () => {
  await using open = await openPage(browser, await samplePage({ tasks: 3, trials: 2, arms: 2, words: HOSTILE }))
  let shown = 0
  for (const route of routes) {
    await open.go(route)
    await open.page.evaluate("for (const one of document.querySelectorAll('details')) { one.open = true }")
    const { elements, links, handlers, text } = (await open.page.evaluate(`({
      elements: [...new Set([...document.querySelectorAll('body *')].map((one) => one.localName))].toSorted(),
      links: [...document.querySelectorAll('[href], [src], [action]')].map((one) => one.getAttribute('href') ?? one.outerHTML).filter((one) => !one.startsWith('#')),
      handlers: [...document.querySelectorAll('*')].flatMap((one) => one.getAttributeNames()).filter((name) => name.startsWith('on') || name === 'style' || name === 'srcdoc'),
      text: document.querySelector('#page').textContent + document.title,
    })`)) as { elements: string[]; links: string[]; handlers: string[]; text: string }
    expect(elements.filter((name) => ['img', 'iframe', 'object', 'embed', 'form', 'link', 'base', 'style'].includes(name))).toEqual([])
    expect({ links, handlers }).toEqual({ links: [], handlers: [] })
    expect(text).not.toMatch(/(?![\n\t])[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u)
    expect(text).toContain('<script>globalThis.pwned = 1</script>')
    shown += text.split('onerror').length - 1
  }
  expect(shown).toBeGreaterThan(50)
  expect(await open.page.evaluate('[typeof pwned, document.querySelectorAll("body script:not([type])").length]')).toEqual(['undefined', 1])
  expect(await open.wrongs()).toEqual([])
})

it('a line of a million characters is cut, with its length told', async () => {
  const html = await samplePage({ tasks: 1, trials: 1, arms: 1, words: `${'x'.repeat(1_000_000)}</script>` })
  expect(html.length).toBeLessThan(300_000)
  await using open = await openPage(browser, html)
  await open.go('trial/a/django-docket/project-created-at/1')
  expect(await open.page.textContent('.timeline .said .cut')).toMatch(/^9\d\d,\d\d\d characters are left out; whole in /)
  expect(await open.wrongs()).toEqual([])
})

it('no script runs but its own: the policy forbids one that is put into the page, markup from text, and requests', async () => {
  await using open = await openPage(browser, await samplePage({ tasks: 1, trials: 1, arms: 1 }))
  const outcome = await open.page.evaluate(`(async () => {
    const script = document.createElement('script')
    let typed = 'allowed'
    try { script.textContent = 'globalThis.pwned = 1'; document.body.append(script) } catch { typed = 'refused' }
    let markup = 'allowed'
    try { document.body.insertAdjacentHTML('beforeend', '<b>x</b>') } catch { markup = 'refused' }
    let request = 'allowed'
    try { await fetch('https://example.com/') } catch { request = 'refused' }
    return { typed, markup, request, pwned: typeof globalThis.pwned }
  })()`)
  expect((await open.wrongs()).filter((wrong) => wrong.startsWith('console: breach of '))).toEqual(
    expect.arrayContaining(['console: breach of connect-src', 'console: breach of require-trusted-types-for']),
  )
  expect(outcome).toEqual({ typed: 'refused', markup: 'refused', request: 'refused', pwned: 'undefined' })
})
