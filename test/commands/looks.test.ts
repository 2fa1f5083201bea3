import { once } from 'node:events'
import { writeFile } from 'node:fs/promises'
import { type AddressInfo, createServer, type Server } from 'node:net'
import { dirname, join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type Attack, type AttackProject, openAttackProject, type Played } from './attack-project.ts'

/** The control is in two halves in the agent's own environment, and whole in that of the program that looks. */
const look = (name: string): Attack => ({
  name: `look-${name}`,
  script: `export CONTROL=$(python3 -c 'import json; plan = json.load(open("/mnt/scripts/look.json")); print(plan["head"] + plan["tail"] + "_control")')
exec python3 /mnt/scripts/look.py ${name} /
`,
})

interface Seen {
  readonly found: readonly (readonly [where: string, what: string])[]
  readonly reached: readonly string[]
  readonly met: boolean
}

const seen = (one: Played | undefined): Seen => JSON.parse(one?.left?.finalMessage ?? '') as Seen

let project: AttackProject
let servers: readonly [Server, Server]
let connections = 0
beforeAll(async () => {
  project = await openAttackProject([look('one'), look('two')])
  const abstract = `${project.mark}-abstract`
  servers = [createServer(), createServer()]
  for (const server of servers) {
    server.on('connection', () => {
      connections += 1
    })
  }
  await once(servers[0].listen(0, '127.0.0.1'), 'listening')
  await once(servers[1].listen({ path: `\0${abstract}` }), 'listening')
  const { port } = servers[0].address() as AddressInfo
  const [head, tail] = [project.canary.slice(0, 7), project.canary.slice(7)]
  const plan = { head, tail, since: project.since, port, hosts: ['127.0.0.1', 'localhost'], abstract }
  await writeFile(join(project.scripts, 'look.json'), JSON.stringify(plan))
})
afterAll(async () => {
  await project[Symbol.asyncDispose]()
  for (const server of servers) {
    server.close()
  }
})

it('lets an agent that looks everywhere find what it was given, and nothing of the harness, the project, the host or the trial beside it', async () => {
  const run = await project.play(['look-one', 'look-two'])
  for (const name of ['one', 'two']) {
    const { found, reached, met } = seen(run.played.get(`look-${name}`))
    expect(met).toBe(true)
    // The kernel names the host folder of a mount to whoever can see the mount; the folder itself cannot be opened.
    const more = found.filter(([where, what]) => !(what === 'cache' && /^\/proc\/N\/mount(s|info)$/.test(where)))
    expect(more).toEqual([
      ['/dev/shm/mark', name],
      ['/home/agent/mark', name],
      ['/proc/N/environ', 'control'],
      ['/tmp/mark', name],
      ['/workspace/backend/given.txt', 'given'],
      ['/workspace/backend/mark', name],
    ])
    expect(reached).toEqual(['own port'])
  }
  expect(connections).toBe(0)
})

it('lets the same program find all of it where there is no sandbox, so that the looks are known to work', async () => {
  const roots = [dirname(project.toy.root), dirname(project.scripts)].join(' ')
  const command = `exec python3 ${join(project.scripts, 'look.py')} alone ${roots}`
  const run = await project.play(['look-one'], ['--sandbox', 'none', '--runner', 'command', '--command', command])
  const { found, reached } = seen(run.played.get('look-one'))
  const secrets = [
    'argument',
    'cache',
    'environment',
    'given',
    'hidden',
    'home',
    'key',
    'manifest',
    'mistake',
    'result',
    'solution',
    'wrong',
  ]
  expect(found.map(([, what]) => what)).toEqual(expect.arrayContaining(secrets))
  expect(reached.filter((name) => name.includes('host') || name.includes('own'))).toEqual([
    'abstract socket of the host',
    'own port',
    'port of the host',
  ])
  expect(connections).toBeGreaterThan(0)
})
