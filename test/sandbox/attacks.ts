/**
 * Scripts that try to reach what is not theirs. Each says BREACH when it got through and says nothing else that counts.
 * Words in capitals with a `$` come from the test: host paths, a port, a pid. `bare`: harmless enough to be tried without a sandbox, where it must get through.
 */
export interface Attack {
  readonly name: string
  readonly script: string
  readonly bare?: true
}

const reads = (path: string): string => `if [ -r "${path}" ] || [ -x "${path}" ]; then echo BREACH; fi`
const writes = (path: string): string => `if (: >> "${path}") 2>/dev/null; then echo BREACH; fi`
const connects = (options: string): string =>
  `node -e 'const s = require("net").connect(${options}); s.on("connect", () => { console.log("BREACH"); process.exit() }); s.on("error", () => process.exit()); setTimeout(() => process.exit(), 3000)'`

export const ATTACKS: readonly Attack[] = [
  ...['/etc/shadow', '/etc/hostname', '/root', '/var', '/run', '/opt', '/sys', '/srv', '/boot', '/media'].map((path) => ({
    name: `see ${path}`,
    script: reads(path),
  })),
  { name: 'see the harness', script: reads('$HARNESS/package.json'), bare: true },
  { name: 'see another trial', script: reads('$OTHER/secret'), bare: true },
  { name: 'see the scratch folder', script: reads('$SCRATCH/upper'), bare: true },
  { name: 'follow a symlink out', script: 'ln -sf "$OTHER/secret" out; grep -q assay-secret out 2>/dev/null && echo BREACH', bare: true },
  {
    name: 'read the environment of the harness',
    script: 'cat /proc/*/environ 2>/dev/null | grep -qa "$CANARY_HEAD$CANARY_TAIL" && echo BREACH',
    bare: true,
  },
  { name: 'find host paths in command lines', script: 'cat /proc/1/cmdline | grep -qaF -e "$SCRATCH" -e "$HARNESS" && echo BREACH' },
  { name: 'see processes of the host', script: '[ "$(ls /proc | grep -c "^[0-9]")" -gt 12 ] && echo BREACH', bare: true },
  {
    name: 'kill a process of the host',
    script: 'kill -0 $VICTIM 2>/dev/null && grep -qa assay-victim /proc/$VICTIM/cmdline && echo BREACH',
    bare: true,
  },
  { name: 'reach a port of the host', script: connects('{ host: "127.0.0.1", port: Number(process.env.PORT) }'), bare: true },
  { name: 'reach an abstract socket of the host', script: connects('{ path: "\\0" + process.env.ABSTRACT }'), bare: true },
  {
    name: 'reach the network',
    script:
      'node -e \'const n = Object.values(require("os").networkInterfaces()).flat(); if (n.some((i) => !i.internal)) console.log("BREACH")\'',
  },
  { name: 'write to /', script: writes('/made') },
  { name: 'write to /usr', script: writes('/usr/made') },
  { name: 'write to /etc', script: writes('/etc/passwd') },
  { name: 'write to /dev', script: writes('/dev/made') },
  { name: 'write to a toolchain', script: writes('$TOOLCHAIN/made'), bare: true },
  { name: 'write to a read-only mount', script: writes('$SHOWN/made') },
  {
    name: 'make a mount writable',
    script: 'mount -o remount,rw,bind "$TOOLCHAIN" 2>/dev/null && echo BREACH; mount -o remount,rw / 2>/dev/null && echo BREACH',
  },
  {
    name: 'make a mount writable in a namespace of its own',
    script: 'unshare -Um mount -o remount,rw,bind "$TOOLCHAIN" 2>/dev/null && echo BREACH',
  },
  { name: 'make a user namespace', script: 'unshare -U true 2>/dev/null && echo BREACH; unshare -Ur true 2>/dev/null && echo BREACH' },
  { name: 'unmount what hides', script: 'for path in /proc /dev/shm /tmp /workspace; do umount -l $path 2>/dev/null && echo BREACH; done' },
  {
    name: 'set a kernel parameter',
    script: ['/proc/sys/kernel/core_pattern', '/proc/sys/vm/swappiness', '/proc/sysrq-trigger', '/proc/sys/kernel/hostname']
      .map(writes)
      .join('\n'),
  },
  { name: 'make a device', script: 'mknod disk b 254 0 2>/dev/null && echo BREACH; mknod /tmp/mem c 1 1 2>/dev/null && echo BREACH' },
  {
    name: 'become another user',
    script: 'cp /usr/bin/id own; chmod 4755 own; [ "$(./own -u)" = 1000 ] || echo BREACH; chown 0 own 2>/dev/null && echo BREACH',
  },
  { name: 'hold a capability', script: 'grep -E "^Cap(Inh|Prm|Eff|Bnd|Amb)" /proc/self/status | grep -qv 0000000000000000 && echo BREACH' },
  { name: 'gain privileges by a program', script: 'grep -q "^NoNewPrivs:.1" /proc/self/status || echo BREACH' },
  { name: 'type into a terminal', script: '(exec 3<>/dev/tty) 2>/dev/null && echo BREACH' },
  {
    name: 'use a descriptor of the harness',
    script:
      'for fd in /proc/self/fd/*; do case "$(readlink $fd)" in socket:*|pipe:*|/dev/null|/proc/*|"") ;; *) echo BREACH;; esac; done; [ "$(ls -l /proc/self/fd | grep -cE "socket:|pipe:")" -le 3 ] || echo BREACH',
  },
  { name: 'trace process 1 for its environment', script: 'tr "\\0" "\\n" < /proc/1/environ | grep -v "^PWD=" | grep -q . && echo BREACH' },
  {
    name: 'write to the status pipe through process 1',
    script:
      'for fd in /proc/1/fd/*; do echo "{ \\"exit-code\\": 0 }" 2>/dev/null >> $fd; done 2>/dev/null; [ -w /proc/1/fd/9 ] && echo BREACH',
  },
]
