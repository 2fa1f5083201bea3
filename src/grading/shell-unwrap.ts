/** A program and its arguments. */
export type Program = readonly string[]

/** What a command runs when its wrappers are taken off: a program, or another command line. */
type Unwrapped = { readonly kind: 'program'; readonly words: Program } | { readonly kind: 'line'; readonly text: string }

const ASSIGNMENT = /^[A-Za-z_]\w*\+?=/

/** Wrappers, with those of their options that take a value of their own; `operands` words stand before the program. */
const WRAPPERS: Readonly<Record<string, { readonly valued: readonly string[]; readonly operands: number }>> = {
  env: { valued: ['-u', '--unset', '-C', '--chdir', '-S'], operands: 0 },
  timeout: { valued: ['-k', '--kill-after', '-s', '--signal'], operands: 1 },
  gtimeout: { valued: ['-k', '--kill-after', '-s', '--signal'], operands: 1 },
  time: { valued: ['-f', '-o'], operands: 0 },
  nice: { valued: ['-n'], operands: 0 },
  ionice: { valued: ['-c', '-n'], operands: 0 },
  nohup: { valued: [], operands: 0 },
  exec: { valued: ['-a'], operands: 0 },
  builtin: { valued: [], operands: 0 },
  setsid: { valued: [], operands: 0 },
  sudo: { valued: ['-u', '-g'], operands: 0 },
  stdbuf: { valued: ['-i', '-o', '-e'], operands: 0 },
  unbuffer: { valued: [], operands: 0 },
  xargs: { valued: ['-n', '-I', '-P', '-L', '-d', '-s', '-a'], operands: 0 },
}

const SHELLS = ['sh', 'bash', 'zsh', 'dash', 'ash']

/** The last part of a program's path. */
export function basename(program = ''): string {
  return program.slice(program.lastIndexOf('/') + 1)
}

/** Takes off assignments and wrappers: `FOO=1 timeout 60 bash -lc "make test"` runs the line `make test`. */
export function unwrap(words: Program): Unwrapped {
  let rest = words
  for (let shorter = unwrapOnce(rest); shorter !== null; shorter = unwrapOnce(rest)) {
    rest = shorter
  }
  const name = basename(rest[0])
  if (name === 'eval') {
    return { kind: 'line', text: rest.slice(1).join(' ') }
  }
  return SHELLS.includes(name) ? ofShell(rest) : { kind: 'program', words: rest }
}

function unwrapOnce(words: Program): Program | null {
  const name = basename(words[0])
  const wrapper = Object.hasOwn(WRAPPERS, name) ? WRAPPERS[name] : undefined
  if (ASSIGNMENT.test(words[0] ?? '') || (name === 'command' && !/^-[vV]/.test(words[1] ?? ''))) {
    return words.slice(1)
  }
  return wrapper === undefined ? null : afterOptions(words.slice(1), wrapper.valued).slice(wrapper.operands)
}

function afterOptions(words: Program, valued: readonly string[]): Program {
  let at = 0
  while (words[at]?.startsWith('-')) {
    const option = words[at] ?? ''
    at += valued.includes(option) ? 2 : 1
    if (option === '--') {
      break
    }
  }
  return words.slice(at)
}

/** `bash -lc TEXT` runs a line, `bash FILE` a program. */
function ofShell(words: Program): Unwrapped {
  let at = 1
  while (/^[-+]/.test(words[at] ?? '')) {
    const option = words[at] ?? ''
    if (/^-[a-zA-Z]*c[a-zA-Z]*$/.test(option)) {
      const text = words.slice(at + 1).find((word) => !/^[-+]/.test(word))
      return { kind: 'line', text: text ?? '' }
    }
    at += /^[-+]o$/.test(option) || option === '--rcfile' ? 2 : 1
  }
  const script = words.slice(at)
  return { kind: 'program', words: script.length > 0 ? script : words }
}
