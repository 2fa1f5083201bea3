import { expect, it } from 'vitest'
import { printProblems } from '../../src/task/problem.ts'
import type { AgentReading } from '../../src/variant/parse-agent.ts'
import { parseAgent } from '../../src/variant/parse-agent.ts'

const read = (text: string): AgentReading => parseAgent(Buffer.from(text), 'agents/coder.md')
const agentWith = (front: string, body = 'You write code.'): AgentReading =>
  read(`---\nname: coder\ndescription: Writes code.\n${front}---\n\n${body}\n`)

function promptDigestOf(reading: AgentReading): string {
  return reading.kind === 'read' ? reading.agent.promptDigest : printProblems(reading.problems)
}

it('reads a sub-agent file as it is', () => {
  expect(agentWith('model: sonnet\ncolor: blue\n')).toMatchInlineSnapshot(`
    {
      "agent": {
        "body": "You write code.",
        "description": "Writes code.",
        "fileDigest": "402caa782105ce294781e5972a65244ee42b4c30c372c19778a7982af597448c",
        "foreign": [],
        "model": "sonnet",
        "name": "coder",
        "promptDigest": "17fc15cf6d63b8a43f60f4ee700861181ffde633cce2f7219800ab226aa03e1c",
        "tools": null,
      },
      "kind": "read",
      "warnings": [],
    }
  `)
})

it.each([
  ['', null],
  ['tools:\n', null],
  ['tools: "*"\n', null],
  ['tools: Read, Write\n', ['Read', 'Write']],
  ['tools: Read,Bash(git add:*, git commit:*) , Grep\n', ['Read', 'Bash(git add:*, git commit:*)', 'Grep']],
  ['tools: [Read, Write]\n', ['Read', 'Write']],
  ['tools:\n  - Read\n', ['Read']],
  ['tools: []\n', []],
])('reads the tools of %j', (front, tools) => {
  expect(agentWith(front)).toMatchObject({ kind: 'read', agent: { tools } })
})

it('warns of keys that it does not know and keeps them', () => {
  const reading = agentWith('modle: opus\npermissionMode: acceptEdits\n')
  expect(reading.kind === 'read' && [reading.agent.foreign, printProblems(reading.warnings)]).toMatchInlineSnapshot(`
    [
      [
        "modle",
        "permissionMode",
      ],
      "agents/coder.md:4: unknown key \`modle\`; did you mean \`model\`?
    agents/coder.md:5: unknown key \`permissionMode\`; known here: name, description, model, tools, color
    ",
    ]
  `)
})

const unreadable = {
  'an unquoted colon': '---\nname: coder\ndescription: Use this agent: always\n---\nBody\n',
  'a misspelt key that must be there': '---\nname: coder\ndescripton: Writes code.\n---\nBody\n',
  'values of another type': '---\nname: [coder]\ndescription: ""\nmodel: 4\ntools: 1\n---\nBody\n',
  'no body': '---\nname: coder\ndescription: Writes code.\n---\n\n',
  JavaScript: '---js\n{ name: process.exit(1) }\n---\nBody\n',
  'no front matter': 'You write code.\n',
}

it('refuses what is no agent, and says why', () => {
  const told = Object.entries(unreadable).map(([name, text]) => {
    const reading = read(text)
    return `${name}\n${reading.kind === 'bad' ? printProblems(reading.problems) : 'read\n'}`
  })
  expect(told.join('')).toMatchInlineSnapshot(`
    "an unquoted colon
    agents/coder.md:3: quote the description: a value without quotes cannot hold a colon followed by a space
    a misspelt key that must be there
    agents/coder.md:1: missing key \`description\`
    agents/coder.md:3: unknown key \`descripton\`; did you mean \`description\`?
    values of another type
    agents/coder.md:2: \`name\`: expected text, got a list
    agents/coder.md:3: \`description\`: expected text, got ""
    agents/coder.md:4: \`model\`: expected text, got 4
    agents/coder.md:5: \`tools\`: expected text or a list, got 1
    no body
    agents/coder.md:1: has no system prompt: nothing stands below the front matter
    JavaScript
    agents/coder.md:1: front matter is YAML here: \`---js\` is neither read nor executed
    no front matter
    agents/coder.md:1: has no front matter: the first line must be \`---\`
    "
  `)
})

it('refuses bytes that are not UTF-8', () => {
  expect(parseAgent(Buffer.from([0x2d, 0xff]), 'a.md')).toEqual({
    kind: 'bad',
    problems: [{ file: 'a.md', line: 1, message: 'is not UTF-8' }],
  })
})

it.each([
  ['description', 'x'],
  ['color', 'color: red\n'],
  ['foreign keys', 'maxTurns: 3\n'],
])('the prompt digest does not depend on %s, the file digest does', (_name, front) => {
  const [plain, changed] = [
    agentWith(''),
    front === 'x' ? read('---\nname: coder\ndescription: Else.\n---\n\nYou write code.\n') : agentWith(front),
  ]
  expect(promptDigestOf(changed)).toBe(promptDigestOf(plain))
  expect(changed.kind === 'read' && plain.kind === 'read' && changed.agent.fileDigest !== plain.agent.fileDigest).toBe(true)
})

it.each([
  ['model', agentWith('model: opus\n')],
  ['tools', agentWith('tools: Read\n')],
  ['body', agentWith('', 'You write tests.')],
])('the prompt digest depends on the %s', (_name, changed) => {
  expect(promptDigestOf(changed)).toMatch(/^[0-9a-f]{64}$/)
  expect(promptDigestOf(changed)).not.toBe(promptDigestOf(agentWith('')))
})
