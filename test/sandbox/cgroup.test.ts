import { existsSync, readdirSync } from 'node:fs'
import { expect, test } from 'vitest'
import { cgroupCandidates, findCgroupHome, makeCgroup } from '../../src/sandbox/cgroup.ts'

const V2 = '30 23 0:26 / /sys/fs/cgroup rw,nosuid shared:4 - cgroup2 cgroup2 rw,nsdelegate'
const V1 = [
  '33 31 0:30 / /sys/fs/cgroup/pids rw - cgroup cgroup rw,pids',
  '34 31 0:31 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory',
].join('\n')
const V1_IN_DOCKER = V1.replaceAll(' / /sys', ' /docker/abc /sys')

test.each([
  [
    'a systemd session: the own group, then its parent',
    V2,
    '0::/user.slice/app.slice/run.scope\n',
    [
      { version: 2, pids: '/sys/fs/cgroup/user.slice/app.slice/run.scope', memory: '/sys/fs/cgroup/user.slice/app.slice/run.scope' },
      { version: 2, pids: '/sys/fs/cgroup/user.slice/app.slice', memory: '/sys/fs/cgroup/user.slice/app.slice' },
    ],
  ],
  ['a container with version 2: nothing above its root', V2, '0::/\n', [{ version: 2, pids: '/sys/fs/cgroup', memory: '/sys/fs/cgroup' }]],
  [
    'version 1: below the own groups',
    V1,
    '8:pids:/\n4:memory:/jobs/7\n',
    [{ version: 1, pids: '/sys/fs/cgroup/pids', memory: '/sys/fs/cgroup/memory/jobs/7' }],
  ],
  [
    'version 1 in docker: the group is told from the host, the mount shows its inside',
    V1_IN_DOCKER,
    '8:pids:/docker/abc\n4:memory:/docker/abc/x\n',
    [{ version: 1, pids: '/sys/fs/cgroup/pids', memory: '/sys/fs/cgroup/memory/x' }],
  ],
  ['no controller for memory', V1.split('\n')[0] ?? '', '8:pids:/\n', []],
  ['no cgroups at all', '', '', []],
])('%s', (_name, mountinfo, membership, expected) => {
  expect(cgroupCandidates(mountinfo, membership)).toEqual(expected)
})

test('groups are removed, those of killed harnesses too', async () => {
  const home = findCgroupHome()
  const mine = () => (home === null ? [] : readdirSync(home.pids).filter((name) => name.startsWith(`assay-${process.pid}-`)))
  const group = home === null ? null : makeCgroup(home, { processes: 5, memoryBytes: 2 ** 26 }, 0)
  expect(mine().length).toBe(home === null ? 0 : 1)
  expect(group?.breached() ?? null).toBe(null)
  await group?.remove()
  expect(mine()).toEqual([])
  const abandoned =
    home === null ? [] : readdirSync(home.pids).filter((name) => !existsSync(`/proc/${/^assay-([0-9]+)-/.exec(name)?.[1] ?? 'self'}`))
  expect(abandoned).toEqual([])
})
