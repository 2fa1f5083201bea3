import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Comparison } from '../../src/comparison/comparison.ts'
import { arm, type Letters, RUN_B, tasks } from '../comparison/sample-arms.ts'
import { RUN_ID } from '../results/sample-run.ts'
import { openStoredProject, type StoredProject } from './stored-project.ts'

/** Runs the comparison of two stored runs in a project of its own. */
async function compared(a: Readonly<Record<string, Letters>>, b: Readonly<Record<string, Letters>>, ...args: readonly string[]) {
  await using project = await openStoredProject()
  await project.store(arm('a', a))
  await project.store(arm('b', b))
  return await project.assay('compare', RUN_ID, RUN_B, ...args)
}

describe('exit codes', () => {
  it.each([
    ['better', 12, 'FFF', 'PPP', [], 0, 'BETTER'],
    ['worse', 12, 'PPP', 'FFF', [], 0, 'WORSE'],
    ['cannot tell', 12, 'PPF', 'PPF', [], 0, 'CANNOT TELL'],
    ['invalid', 12, 'PPP', 'PPV', [], 3, 'INVALID'],
    ['better', 12, 'FFF', 'PPP', ['--gate'], 0, 'PASS'],
    ['worse', 12, 'PPP', 'FFF', ['--gate'], 1, 'FAIL'],
    ['cannot tell', 4, 'PPF', 'PPF', ['--gate'], 3, 'INCONCLUSIVE'],
    ['no drop above the tolerance', 4, 'PPF', 'PPF', ['--gate', '--tolerance', '60'], 0, 'PASS'],
    ['invalid', 12, 'PPP', 'PPV', ['--gate'], 3, 'INVALID'],
  ] as const)('%s, %d tasks of %s and %s, %j', async (_name, count, a, b, args, code, word) => {
    const ended = await compared(tasks(count, a), tasks(count, b), ...args)
    expect({ code: ended.code, word: new RegExp(`^${word}  `, 'm').test(ended.out) }).toEqual({ code, word: true })
    const json = JSON.parse((await compared(tasks(count, a), tasks(count, b), '--json', ...args)).out) as {
      ending: { code: number; word: string }
    }
    expect(json.ending).toMatchObject({ code, word })
  })
})

describe('mistakes', () => {
  let project: StoredProject
  beforeAll(async () => {
    project = await openStoredProject()
    await project.store(arm('a', tasks(2, 'P')))
    await project.store(arm('b', tasks(2, 'P'), { rung: 'none' }))
  })
  afterAll(() => project[Symbol.asyncDispose]())

  it.each([
    ['another rung', [RUN_ID, RUN_B], 'The sandbox differs: A ran on rung overlay+bwrap, B on none. Run both on one (--sandbox).'],
    ['the same run', [RUN_ID, RUN_ID], `A and B are the same run, ${RUN_ID}.`],
    ['no such run', [RUN_ID, '01KAQ3S8ZZ'], `there is no run 01KAQ3S8ZZ; the nearest is ${RUN_B}`],
    ['both unknown', ['01X', '01Y'], 'there is no run 01X; the nearest is'],
    ['one run', [RUN_ID], `There is no comparison ${RUN_ID} in results; two runs are compared with: compare A B`],
    ['three runs', [RUN_ID, RUN_B, 'x'], 'Expected two runs: compare A B; or --agents A.md B.md'],
    ['one agent', ['--agents', 'A.md'], 'Expected two agents: --agents A.md B.md [TASK GLOB…]'],
    ['one revision', ['--revisions', 'HEAD'], 'Expected two revisions: --revisions REV1 REV2 [TASK GLOB…]'],
    [
      'agents and revisions',
      ['--agents', '--revisions', 'A', 'B'],
      '--agents takes two files, --revisions two git revisions: say one of them.',
    ],
    [
      'a plan of the past',
      [RUN_ID, RUN_B, '--plan'],
      '--plan and --sequential are for --agents or --revisions: stored runs have no plan left.',
    ],
    ['points', [RUN_ID, RUN_B, '--tolerance', 'few'], 'Expected points from 0 to 100, such as 10.'],
  ])('%s', async (_name, args, message) => {
    const ended = await project.assay('compare', ...args)
    expect(ended.code).toBe(2)
    expect(ended.err).toContain(message)
    expect(ended.out).toBe('')
  })
})

it('shows everything beside the answer', async () => {
  await using project = await openStoredProject()
  const checks = (braces: 'pass' | 'fail') => () => ({ checks: { 'style/braces': braces, 'process/verifies': 'inconclusive' as const } })
  const usage = { input: 2400, output: 900, cacheRead: 30_000, cacheWrite: 8000, requests: 28, usd: 0.26 }
  const a = { ...tasks(9, 'PPPP'), 'shop/died': 'PPPP', 'shop/void': 'PPPV', 'shop/only-a': 'PPPP' }
  const b = { ...tasks(9, 'PPPF'), 'shop/died': 'FFFF', 'shop/void': 'PPPP' }
  await project.store(arm('a', a, {}, checks('pass')), 'name: coder\n\nUse braces.\nBe brief.\n')
  await project.store(
    arm('b', b, {}, (task, k) => ({ ...checks('fail')(), usage, passed: !(task === 'shop/died' || (k === 4 && /t0/.test(task))) })),
    'name: coder\n\nBe brief.\n',
  )
  const terminal = await project.assay('compare', RUN_ID, RUN_B)
  expect(terminal.out).toMatchInlineSnapshot(`
    "The two runs were made one after the other: drift of the model and of the machine in between is part
    of the difference.

    WORSE  B passes 30 points less on average, 95 % interval -44 to -19; p = 0.002 for a difference, p <
           0.001 for a drop, held against 0.05.

    Collapsed  shop/died

    A  backend-coder (agents/backend-coder.md, prompt aaaaaaaaaaaa) on builtin, answered by
       claude-sonnet-4-5-20250929; passed 43 of 43 that count (100 %), of 44 planned: 1 void; run
       01KAQ3S8ZR4W6T9X2B5C7D8E9F in results/01KAQ3S8ZR4W6T9X2B5C7D8E9F
    B  backend-coder (agents/backend-coder.md, prompt 999999999999) on builtin, answered by
       claude-sonnet-4-5-20250929; passed 30 of 43 that count (70 %), of 44 planned: 1 without a
       partner; run 01KAQ3S8ZR4W6T9X2B5C7D8E9G in results/01KAQ3S8ZR4W6T9X2B5C7D8E9G

      QUESTION                          ANSWER  EFFECT  95 % INTERVAL  P                      FINDS
      Did it get worse on this suite?   worse      -30  -47 to -12     <0.001 for a drop  23 points
        if voids were failures          worse      -27  -45 to -9      <0.001 for a drop
      Would it be better on new tasks?  worse      -30  -44 to -19     0.002              39 points
        if voids were failures          worse      -27  -44 to -12     0.011
      The first permutes trials between the arms within each task, the second flips signs over tasks;
      effects are B minus A in points, each task counts the same. FINDS: the smallest effect that four
      of five such comparisons find, by published variances, since these trials are too few or too
      alike to measure any.

      TASK          A               B       DIFFERENCE  P ALONE
    ✗ shop/died     4 of 4          0 of 4        -100    0.029  collapsed: from always to never
    - shop/t01      4 of 4          3 of 4         -25    1.000
    - shop/t02      4 of 4          3 of 4         -25    1.000
    - shop/t03      4 of 4          3 of 4         -25    1.000
    - shop/t04      4 of 4          3 of 4         -25    1.000
    - shop/t05      4 of 4          3 of 4         -25    1.000
    - shop/t06      4 of 4          3 of 4         -25    1.000
    - shop/t07      4 of 4          3 of 4         -25    1.000
    - shop/t08      4 of 4          3 of 4         -25    1.000
    - shop/t09      4 of 4          3 of 4         -25    1.000
    = shop/void     3 of 3, 1 void  3 of 3           0    1.000

      CONFORMANCE   A KEPT    B KEPT    DIFFERENCE  P (HOLM)
    ✗ style/braces  43 of 43  0 of 43  -100 points    <0.001  worse

      B OVER A, A TRIAL  RATIO  95 % INTERVAL   TASKS
      cost               ×2.00  ×2.00 to ×2.00     11
      tokens             ×1.03  ×1.03 to ×1.03     11
      turns              ×2.00  ×2.00 to ×2.00     11
      agent's time       ×1.00  ×1.00 to ×1.00     11

      VOID ATTEMPTS      A  B
    ? model, overloaded  3  0

      LEFT OUT      WHY
    ? shop/only-a   only A has it

    What changed in the agent's file (1 line)
      --- agents/backend-coder.md
      +++ agents/backend-coder.md
      @@ -1,4 +1,3 @@
       name: coder
       
      -Use braces.
       Be brief.
    "
  `)
  const markdown = await project.assay('compare', RUN_ID, RUN_B, '--markdown')
  expect(markdown.out).toMatchInlineSnapshot(`
    "## Assay: A against B

    > **The two runs were made one after the other: drift of the model and of the machine in between is part of the difference.**

    **WORSE**: B passes 30 points less on average, 95 % interval -44 to -19; p = 0.002 for a difference, p \\< 0.001 for a drop, held against 0.05.

    - **Collapsed**: shop/died

    - **A**: backend-coder (agents/backend-coder.md, prompt aaaaaaaaaaaa) on builtin, answered by claude-sonnet-4-5-20250929; passed 43 of 43 that count (100 %), of 44 planned: 1 void; run 01KAQ3S8ZR4W6T9X2B5C7D8E9F in results/01KAQ3S8ZR4W6T9X2B5C7D8E9F
    - **B**: backend-coder (agents/backend-coder.md, prompt 999999999999) on builtin, answered by claude-sonnet-4-5-20250929; passed 30 of 43 that count (70 %), of 44 planned: 1 without a partner; run 01KAQ3S8ZR4W6T9X2B5C7D8E9G in results/01KAQ3S8ZR4W6T9X2B5C7D8E9G

    | | Question | Answer | Effect | 95 % interval | P | Finds |
    |---|---|---|---:|---|---|---:|
    |  | \`Did it get worse on this suite?\` | worse | -30 | -47 to -12 | \\<0.001 for a drop | 23 points |
    |  | \`  if voids were failures\` | worse | -27 | -45 to -9 | \\<0.001 for a drop |  |
    |  | \`Would it be better on new tasks?\` | worse | -30 | -44 to -19 | 0.002 | 39 points |
    |  | \`  if voids were failures\` | worse | -27 | -44 to -12 | 0.011 |  |

    The first permutes trials between the arms within each task, the second flips signs over tasks; effects are B minus A in points, each task counts the same. FINDS: the smallest effect that four of five such comparisons find, by published variances, since these trials are too few or too alike to measure any.

    | | Task | A | B | Difference | P alone |  |
    |---|---|---|---|---:|---:|---|
    | ✗ | \`shop/died\` | 4 of 4 | 0 of 4 | -100 | 0.029 | collapsed: from always to never |
    | - | \`shop/t01\` | 4 of 4 | 3 of 4 | -25 | 1.000 |  |
    | - | \`shop/t02\` | 4 of 4 | 3 of 4 | -25 | 1.000 |  |
    | - | \`shop/t03\` | 4 of 4 | 3 of 4 | -25 | 1.000 |  |
    | - | \`shop/t04\` | 4 of 4 | 3 of 4 | -25 | 1.000 |  |
    | - | \`shop/t05\` | 4 of 4 | 3 of 4 | -25 | 1.000 |  |
    | - | \`shop/t06\` | 4 of 4 | 3 of 4 | -25 | 1.000 |  |
    | - | \`shop/t07\` | 4 of 4 | 3 of 4 | -25 | 1.000 |  |
    | - | \`shop/t08\` | 4 of 4 | 3 of 4 | -25 | 1.000 |  |
    | - | \`shop/t09\` | 4 of 4 | 3 of 4 | -25 | 1.000 |  |
    | = | \`shop/void\` | 3 of 3, 1 void | 3 of 3 | 0 | 1.000 |  |

    | | Conformance | A kept | B kept | Difference | P (Holm) |  |
    |---|---|---|---|---:|---:|---|
    | ✗ | \`style/braces\` | 43 of 43 | 0 of 43 | -100 points | \\<0.001 | worse |

    | | B over A, a trial | Ratio | 95 % interval | Tasks |
    |---|---|---:|---|---:|
    |  | \`cost\` | ×2.00 | ×2.00 to ×2.00 | 11 |
    |  | \`tokens\` | ×1.03 | ×1.03 to ×1.03 | 11 |
    |  | \`turns\` | ×2.00 | ×2.00 to ×2.00 | 11 |
    |  | \`agent's time\` | ×1.00 | ×1.00 to ×1.00 | 11 |

    | | Void attempts | A | B |
    |---|---|---:|---:|
    | ? | \`model, overloaded\` | 3 | 0 |

    | | Left out | Why |
    |---|---|---|
    | ? | \`shop/only-a\` | only A has it |

    <details><summary>What changed in the agent's file (1 line)</summary>

    \`\`\`diff
    --- agents/backend-coder.md
    +++ agents/backend-coder.md
    @@ -1,4 +1,3 @@
     name: coder
     
    -Use braces.
     Be brief.
    \`\`\`

    </details>
    "
  `)
  const { comparison } = JSON.parse((await project.assay('compare', RUN_ID, RUN_B, '--json')).out) as { comparison: Comparison }
  expect(comparison).toMatchObject({ schema: 1, order: 'separate', verdict: 'worse' })
})

it('lets no text of an agent become markup or an escape', async () => {
  await using project = await openStoredProject()
  const evil = 'shop/<img src=x>'
  await project.store(arm('a', tasks(6, 'P')), 'You `build`.\n')
  await project.store(arm('b', tasks(6, 'F')), '\u{1b}[2J```\n</details><script>alert(1)</script>\n@everyone\n')
  const terminal = await project.assay('compare', RUN_ID, RUN_B)
  expect(terminal.out).not.toContain('\u{1b}')
  const markdown = await project.assay('compare', RUN_ID, RUN_B, '--markdown')
  expect(markdown.out).toContain('````diff')
  expect(markdown.out).not.toContain(evil)
})
