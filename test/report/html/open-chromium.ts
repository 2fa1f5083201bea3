import { access, constants } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium } from 'playwright-core'

const programs = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome']

const flags = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** A browser without a window. Throws, with the way to get one, where there is none: a page that nobody opened has not been tested. */
export async function openChromium(env: Readonly<Record<string, string | undefined>> = process.env): Promise<Browser> {
  const executablePath = env.ASSAY_CHROMIUM ?? (await findProgram(env.PATH ?? ''))
  if (executablePath === null) {
    throw new Error(
      'The HTML report is tested in a browser, and none is here: sudo apt-get install chromium, or set ASSAY_CHROMIUM to the path of one.',
    )
  }
  return chromium.launch({ executablePath, args: flags })
}

async function findProgram(path: string): Promise<string | null> {
  for (const candidate of path.split(':').flatMap((folder) => programs.map((program) => join(folder, program)))) {
    const found = await access(candidate, constants.X_OK).then(
      () => true,
      () => false,
    )
    if (found) {
      return candidate
    }
  }
  return null
}
