import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { dir } from 'tmp-promise'

/** A report in a browser, with all that went wrong in it: errors of its script, requests, breaches of its policy, dialogs. */
export interface OpenPage extends AsyncDisposable {
  readonly page: Page
  wrongs(): Promise<readonly string[]>
  /** Goes to an address within the report, and waits until it is shown. */
  go(route: string): Promise<void>
}

/** Opens a report from disk, as a person does. */
export async function openPage(
  browser: Browser,
  html: string,
  options: { readonly width?: number; readonly dark?: boolean } = {},
): Promise<OpenPage> {
  const folder = await dir({ prefix: 'assay-page-', unsafeCleanup: true })
  const file = join(folder.path, 'report.html')
  await writeFile(file, html)
  const page = await browser.newPage({
    viewport: { width: options.width ?? 1280, height: 900 },
    colorScheme: options.dark ? 'dark' : 'light',
  })
  const wrongs: string[] = []
  page.on('pageerror', (error) => wrongs.push(`error: ${error.message}`))
  page.on('console', (message) => wrongs.push(`console: ${message.text()}`))
  page.on('dialog', (dialog) => {
    wrongs.push(`dialog: ${dialog.message()}`)
    void dialog.dismiss()
  })
  page.on('request', (request) => {
    if (request.url().split('#')[0] !== `file://${file}`) {
      wrongs.push(`request: ${request.url()}`)
    }
  })
  await page.addInitScript("addEventListener('securitypolicyviolation', (event) => console.log('breach of ' + event.violatedDirective))")
  const go = async (route: string) => {
    const address = `file://${file}#/${route}`
    // Within one document the view changes after the address has: the heading of the view that is left would be read for the new one's.
    if (page.url() !== address) {
      await page.evaluate("document.querySelector('main h1')?.setAttribute('data-left', '')")
    }
    await page.goto(address)
    await page.waitForSelector('main h1:not([data-left])')
  }
  await go('')
  const dispose = async () => {
    await page.close()
    await folder.cleanup()
  }
  const settled = async () => {
    // A breach of the policy is told in a task of its own, after the call that was refused has returned.
    await page.evaluate('new Promise((done) => setTimeout(done, 50))')
    return wrongs
  }
  return { page, wrongs: settled, go, [Symbol.asyncDispose]: dispose }
}
