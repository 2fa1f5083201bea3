import { describe, expect, test } from 'vitest'
import { cut, markdownCode, markdownText, printable } from '../../src/report/escape.ts'
import { coloured } from '../../src/report/paint.ts'
import { reporters } from '../../src/report/reporters.ts'
import { graded, sampleRun, voided } from '../results/sample-run.ts'
import { frontendChanged, HOSTILE, summaryOf } from './sample-summary.ts'

describe('what is printed', () => {
  test.each([
    ['backend/docket/Übersicht – 日本.py', 'backend/docket/Übersicht – 日本.py'],
    ['a\nb\tc', 'a\\nb\\tc'],
    ['\u{1b}[2Jx\r', '\\u{1b}[2Jx\\u{d}'],
    ['\u{9b}31mx\u{7f}', '\\u{9b}31mx\\u{7f}'],
    ['app/\u{202e}yp.tset\u{2066}', 'app/\\u{202e}yp.tset\\u{2066}'],
    ['a\u{200b}b\u{feff}\u{2028}', 'a\\u{200b}b\\u{feff}\\u{2028}'],
    ['\u{d800}x', '\\u{d800}x'],
    ['\u{e0041}', '\\u{e0041}'],
  ])('%j', (text, shown) => {
    expect(printable(text)).toBe(shown)
  })
})

describe('Markdown text', () => {
  test.each([
    ['| a | b |', '\\| a \\| b \\|'],
    ['<script>&amp;</script>', '\\<script\\>\\&amp;\\</script\\>'],
    ['`x` **b** _i_ ~~s~~', '\\`x\\` \\*\\*b\\*\\* \\_i\\_ \\~\\~s\\~\\~'],
    ['![x](y) [a]: b', '\\!\\[x\\](y) \\[a\\]: b'],
    ['$a$', '\\$a\\$'],
    ['back\\slash', 'back\\\\slash'],
    ['@admin, a@b.example', '@\u{2060}admin, a@\u{2060}b.example'],
    ['#12', '\\#\u{2060}12'],
    ['https://x www.x.example ftp://x', 'https\u{2060}://x www\u{2060}.x.example ftp\u{2060}://x'],
    ['backend/docket/core/text.py:12', 'backend/docket/core/text.py:12'],
  ])('%j', (text, escaped) => {
    expect(markdownText(text)).toBe(escaped)
  })

  test.each([
    ['plain', '`plain`'],
    ['a|b', '`a\\|b`'],
    ['`', '`` ` ``'],
    ['a ``b`` c', '``` a ``b`` c ```'],
    ['', '`  `'],
    ['a\nb', '`a\\nb`'],
  ])('code %j', (text, span) => {
    expect(markdownCode(text)).toBe(span)
  })
})

test('a cut shows that it is one, and halves no character', () => {
  expect(cut('abc', 3)).toBe('abc')
  expect(cut('abcd', 3)).toBe('ab…')
  expect(cut('😀😀😀', 2)).toBe('😀…')
})

describe('nothing an agent controls is obeyed', () => {
  const run = sampleRun(['docket/a', 'docket/b', 'docket/c'], 1)
  const hostile = { passed: false, gates: { [HOSTILE]: 'fail' as const }, models: [HOSTILE] }
  const summary = summaryOf(run, [
    graded(run, 'docket/a', 1, { ...hostile, findings: [frontendChanged(HOSTILE)], stop: { kind: 'failed', message: HOSTILE } }),
    graded(run, 'docket/b', 1, {
      ...hostile,
      findings: [{ ...frontendChanged('x'), code: HOSTILE }],
      stop: { kind: 'asked', questions: [HOSTILE] },
    }),
    voided(run, 'docket/c', 1, { cause: HOSTILE, message: HOSTILE }),
  ])

  test.each(reporters)('by the reporter $name', ({ name, render }) => {
    const shown = render(summary, (_style, text) => text)
    expect(shown).toContain('evil.example')
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
    expect(shown).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u202e]/)
    if (name === 'markdown') {
      // What stands in a code span is inert.
      expect(shown.replace(/(`+) .* \1/g, '')).not.toMatch(/(?<!\\)<|(?<!\\)`x|@admin|(?<!\\)#1|https:/)
    }
    if (name === 'json') {
      expect(JSON.parse(shown).model.answered).toContain(HOSTILE)
    }
  })

  test('in colours neither: every escape on the terminal is one of ours', () => {
    const painted = reporters[0].render(summary, coloured)
    const escapes = painted.split('\u{1b}').slice(1)
    expect(escapes.filter((rest) => !/^\[(1|2|22|31|32|33|39)m/.test(rest))).toEqual([])
  })
})
