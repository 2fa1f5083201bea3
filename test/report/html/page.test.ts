import axe from 'axe-core'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openChromium } from './open-chromium.ts'
import { type OpenPage, openPage } from './open-page.ts'
import { samplePage } from './sample-pages.ts'

let browser: Browser
let one: string
let two: string
beforeAll(async () => {
  browser = await openChromium()
  one = await samplePage({ tasks: 3, trials: 3, arms: 1 })
  two = await samplePage({ tasks: 4, trials: 4, arms: 2 })
})
afterAll(() => browser?.close())

const heading = (page: Page) => page.textContent('main h1')
const route = (page: Page) => page.evaluate('location.hash')

describe('addresses', () => {
  let open: OpenPage
  beforeAll(async () => {
    open = await openPage(browser, one)
  })
  afterAll(() => open[Symbol.asyncDispose]())

  it.each([
    ['', 'backend-coder'],
    ['task/django-docket/notifications-api', 'django-docket/notifications-api'],
    ['trial/a/django-docket/notifications-api/1', 'Trial 1passed'],
    ['trial/a/django-docket/notifications-api/1/changes', 'Trial 1passed'],
    ['trial/a/django-docket/notifications-api/1/suites', 'Trial 1passed'],
    ['trial/a/django-docket/notifications-api/1/verdict', 'Trial 1passed'],
    ['trial/a/django-docket/notifications-api/9', 'Not found'],
    ['trial/z/django-docket/notifications-api/1', 'Not found'],
    ['task/django-docket/nothing', 'Not found'],
    ['trial/%E0%A4%A/../..', 'Not found'],
  ])('%s', async (address, title) => {
    await open.go(address)
    expect(await heading(open.page)).toBe(title)
    expect(await open.wrongs()).toEqual([])
  })
})

it('shows both denominators, an interval for each rate, and every trial', async () => {
  await using open = await openPage(browser, one)
  expect(await open.page.textContent('.stat')).toMatch(/^Trials passed\d+ %95 % interval \d+ to \d+ %\d of \d graded; 9 planned/)
  expect(await open.page.locator('.tasks tbody tr').count()).toBe(3)
  expect(await open.page.locator('.tasks .mark').count()).toBe(9)
  expect(await open.page.locator('.tasks svg.interval').count()).toBe(3)
})

it('leads in three clicks from the overview to the message of the test that a revision broke', async () => {
  await using open = await openPage(browser, two)
  expect(await open.page.textContent('.verdict .word')).toBeTruthy()
  const first = open.page.locator('.tasks tbody tr').first()
  expect(await first.textContent()).toContain('notifications-api')
  expect(await first.textContent()).toContain('−100')
  await first.locator('a').first().click()
  await open.page.waitForSelector('.findings')
  await open.page.locator('.findings li').first().locator('.seen').last().locator('a').first().click()
  const meant = open.page.locator('.meant')
  await meant.waitFor()
  expect(await meant.textContent()).toContain('assert 404 == 200')
  expect(await open.wrongs()).toEqual([])
})

it('leads from a finding with a line to that line of the change, and from a snapshot to its place in the timeline', async () => {
  await using open = await openPage(browser, two)
  const seen = new Set<string>()
  for (const [arm, k] of [...'ab'].flatMap((name) => [1, 2, 3, 4].map((number) => [name, number] as const))) {
    await open.go(`trial/${arm}/django-docket/process-endpoint-tests/${k}`)
    for (const link of await open.page.locator('.findings .seen a').all()) {
      const section = String(await link.textContent())
      await link.click()
      await open.page.locator('.meant').waitFor()
      seen.add(
        `${section}: ${await open.page
          .locator('.meant')
          .first()
          .evaluate((element) => element.id.replace(/\d+/g, 'N'))}`,
      )
    }
  }
  expect([...seen].toSorted()).toMatchInlineSnapshot(`
    [
      "Show in changes: line-N-N",
      "Show in timeline: snapshot-N",
    ]
  `)
})

it('is worked with keys alone', async () => {
  await using open = await openPage(browser, one)
  const { page } = open
  await page.keyboard.press('j')
  await page.keyboard.press('j')
  await page.keyboard.press('k')
  const first = await page.textContent('.tasks tbody tr:first-child .name a')
  expect(await page.evaluate('document.activeElement.textContent')).toBe(first)
  await page.keyboard.press('Enter')
  await page.waitForSelector('main h1.code')
  expect(await heading(page)).toBe(first)
  await page.keyboard.press('n')
  // Asked from outside: a function that waits in the page is evaluated there, which the page's policy forbids at the second try.
  await expect.poll(() => heading(page)).not.toBe(first)
  await page.keyboard.press('p')
  await expect.poll(() => heading(page)).toBe(first)
  await page.keyboard.press('Escape')
  await page.waitForSelector('.stats')
  await page.keyboard.press('?')
  await page.locator('dialog.keys').waitFor({ state: 'visible' })
  await page.keyboard.press('Escape')
  await page.locator('dialog.keys').waitFor({ state: 'hidden' })
  expect(await route(page)).toBe('#/')
  expect(await open.wrongs()).toEqual([])
})

it('finds tasks and findings by their words', async () => {
  await using open = await openPage(browser, two)
  const { page } = open
  await page.keyboard.press('/')
  await page.keyboard.type('NOTIF api')
  expect(await page.locator('[role=option]').first().textContent()).toContain('django-docket/notifications-api')
  await page.fill('dialog.search input', 'keeps_history hidden')
  expect(await page.locator('[role=option]').count()).toBeGreaterThan(0)
  await page.keyboard.press('ArrowDown')
  await page.keyboard.press('ArrowUp')
  await page.keyboard.press('Enter')
  await page.locator('.meant').waitFor()
  expect(await page.textContent('.meant')).toContain('test_keeps_history')
  await page.keyboard.press('/')
  await page.keyboard.type('no such thing anywhere')
  await expect.poll(() => page.textContent('dialog.search [role=status]')).toBe('Nothing is found.')
  expect(await open.wrongs()).toEqual([])
})

it('changes its colours, and keeps them', async () => {
  await using open = await openPage(browser, one)
  const paper = () => open.page.evaluate('getComputedStyle(document.documentElement).backgroundColor')
  const light = await paper()
  await open.page.keyboard.press('t')
  expect(await paper()).toBe(light)
  await open.page.keyboard.press('t')
  const dark = await paper()
  expect(dark).not.toBe(light)
  await open.page.reload()
  await open.page.waitForSelector('main h1')
  expect(await paper()).toBe(dark)
})

const trial = 'trial/b/django-docket/notifications-api/1'
const everyPage = ['', 'task/django-docket/notifications-api', trial, `${trial}/changes`, `${trial}/suites`, `${trial}/verdict`]

it('has no sideways scrolling on a phone', async () => {
  await using open = await openPage(browser, two, { width: 360 })
  for (const address of everyPage) {
    await open.go(address)
    expect([address, await open.page.evaluate('document.documentElement.scrollWidth')]).toEqual([address, 360])
  }
})

describe('axe finds nothing serious', () => {
  it('on every page', async () => {
    await using open = await openPage(browser, two)
    for (const address of everyPage) {
      await open.go(address)
      expect([address, await seriousOf(open.page)]).toEqual([address, []])
    }
  })

  it('in the dark', async () => {
    await using open = await openPage(browser, two, { dark: true })
    for (const address of everyPage.slice(0, 4)) {
      await open.go(address)
      expect([address, await seriousOf(open.page)]).toEqual([address, []])
    }
  })

  it('in the open search', async () => {
    await using open = await openPage(browser, two)
    await open.page.keyboard.press('/')
    await open.page.keyboard.type('test')
    expect(await seriousOf(open.page)).toEqual([])
  })
})

async function seriousOf(page: Page): Promise<readonly string[]> {
  await page.evaluate(axe.source)
  const result = (await page.evaluate('axe.run(document)')) as { violations: { id: string; impact: string; nodes: { html: string }[] }[] }
  return result.violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(
      ({ id, nodes }) =>
        `${id}: ${nodes
          .slice(0, 3)
          .map(({ html }) => html.slice(0, 160))
          .join(' | ')}`,
    )
}

describe('a run of 32 tasks, 5 trials, 2 revisions', () => {
  it('stays below 3 MB and is shown within a second or so', async () => {
    const large = await samplePage({ tasks: 32, trials: 5, arms: 2 })
    expect(Buffer.byteLength(large)).toBeLessThan(3_000_000)
    await using open = await openPage(browser, large)
    const shown = (await open.page.evaluate('performance.now()')) as number
    expect(shown).toBeLessThan(3000)
    expect(await open.page.locator('.tasks tbody tr').count()).toBe(32)
  })

  it('says what it leaves out where there is less room, and stays within it', async () => {
    const small = await samplePage({ tasks: 4, trials: 4, arms: 2 }, 130_000)
    expect(Buffer.byteLength(small)).toBeLessThan(130_000)
    await using open = await openPage(browser, small)
    await open.go('trial/b/django-docket/notifications-api/1')
    expect(await open.page.textContent('main .note')).toMatch(
      /^To keep this page small, some of this trial is left out\. All of it lies in results\/\w+\/trials\/django-docket\/notifications-api\/1\/1\.$/,
    )
    expect(await open.wrongs()).toEqual([])
  })
})
