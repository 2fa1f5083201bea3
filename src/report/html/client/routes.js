/** The address of the overview, a task, or a trial with one of its sections and a place in it. */
export function routeTo(...parts) {
  return `#/${parts.map((part) => encodeURIComponent(String(part))).join('/')}`
}

/** A task's address. */
export function taskRoute(task) {
  return routeTo('task', ...task.split('/'))
}

/** A trial's address. */
export function trialRoute(arm, task, k, ...place) {
  return routeTo('trial', arm, ...task.split('/'), k, ...place)
}

/** What an address names. */
export function readRoute(hash) {
  const [kind = '', ...rest] = hash.replace(/^#\/?/, '').split('/').map(decoded)
  if (kind === 'task') {
    return { kind, task: rest.join('/') }
  }
  if (kind === 'trial') {
    const [arm, fixture, name, k, section = null, id = null] = rest
    return { kind, arm, task: `${fixture}/${name}`, k: Number(k), section, id }
  }
  return { kind: 'overview' }
}

function decoded(part) {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
