import { h } from './dom.js'
import { taskRoute, trialRoute } from './routes.js'

const MOST = 40

/** Everything that can be found: tasks, and findings with the first trial that has each. */
export function searchable(index) {
  const all = index.tasks.flatMap((row) => {
    const task = { key: row.task, text: row.task, small: row.title, href: taskRoute(row.task), kind: 'task' }
    return [task, ...row.arms.flatMap((inArm, at) => (inArm?.trials ?? []).flatMap((trial) => findingsOf(index, row, at, trial)))]
  })
  const first = [...new Map(all.toReversed().map((one) => [one.key, one])).values()].toReversed()
  return first.map((one) => ({ ...one, words: `${one.text} ${one.small}`.toLowerCase() }))
}

function findingsOf(index, row, at, trial) {
  const { name } = index.arms[at]
  const shown = index.arms.length > 1 ? `${name.toUpperCase()} ${trial.k}` : `trial ${trial.k}`
  return trial.findings.map(({ sentence, rule, code }, number) => ({
    key: `${row.task} ${sentence}`,
    text: sentence,
    small: `${row.task} · ${shown} · ${rule} ${code}`,
    href: trialRoute(name, row.task, trial.k, `finding-${number}`),
    kind: 'finding',
  }))
}

/** The entries that hold every word of a query. */
export function matches(entries, query) {
  const words = query
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '')
  return entries.filter((entry) => words.every((word) => entry.words.includes(word))).slice(0, MOST)
}

/** The dialog that finds. `open()` shows it. */
export function searchDialog(entries) {
  let chosen = 0
  let shown = []
  const list = h('ul', { id: 'found-list', role: 'listbox', 'aria-label': 'Found' })
  const status = h('p', { class: 'quiet', role: 'status' })
  const input = h('input', {
    type: 'search',
    role: 'combobox',
    'aria-expanded': 'true',
    'aria-controls': 'found-list',
    'aria-autocomplete': 'list',
    'aria-label': 'Search tasks and findings',
    placeholder: 'Search tasks and findings',
    autocomplete: 'off',
    spellcheck: 'false',
    oninput: () => update(0),
    onkeydown: move,
  })
  const dialog = h(
    'dialog',
    { class: 'search', 'aria-label': 'Search', onclick: (event) => event.target === dialog && dialog.close() },
    input,
    status,
    list,
  )

  function update(at) {
    shown = matches(entries, input.value)
    chosen = at
    status.textContent = shown.length === 0 ? 'Nothing is found.' : shown.length === MOST ? `The first ${MOST}` : `${shown.length} found`
    list.replaceChildren(...shown.map((entry, number) => option(entry, number)))
    mark()
  }

  function option(entry, number) {
    return h(
      'li',
      { id: `found-${number}`, role: 'option', 'aria-selected': 'false', onclick: () => go(number) },
      h('span', { class: 'what' }, entry.kind),
      h('span', { class: 'text' }, entry.text),
      h('small', {}, entry.small),
    )
  }

  function mark() {
    for (const [number, element] of [...list.children].entries()) {
      element.setAttribute('aria-selected', String(number === chosen))
    }
    list.children[chosen]?.scrollIntoView({ block: 'nearest' })
    input.setAttribute('aria-activedescendant', shown.length === 0 ? '' : `found-${chosen}`)
  }

  function go(number) {
    const entry = shown[number]
    if (entry !== undefined) {
      dialog.close()
      location.hash = entry.href
    }
  }

  function move(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      chosen = Math.max(0, Math.min(shown.length - 1, chosen + step))
      mark()
    } else if (event.key === 'Enter') {
      event.preventDefault()
      go(chosen)
    }
  }

  return {
    dialog,
    open() {
      input.value = ''
      update(0)
      dialog.showModal()
      input.focus()
    },
  }
}
