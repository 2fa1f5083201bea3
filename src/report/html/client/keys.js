import { h } from './dom.js'

const keys = [
  ['j', 'k', 'next, previous'],
  ['Enter', null, 'open'],
  ['Esc', null, 'up, or close'],
  ['n', 'p', 'next, previous trial or task'],
  ['/', null, 'search tasks and findings'],
  ['t', null, 'light, dark, as the system'],
  ['?', null, 'this list'],
]

/** The dialog that tells the keys. */
export function keysDialog() {
  const rows = keys.map(([one, other, does]) =>
    h('div', {}, h('dt', {}, h('kbd', {}, one), other === null ? null : [' ', h('kbd', {}, other)]), h('dd', {}, does)),
  )
  const dialog = h(
    'dialog',
    { class: 'keys', 'aria-labelledby': 'keys-title', onclick: (event) => event.target === dialog && dialog.close() },
    h('h2', { id: 'keys-title' }, 'Keys'),
    h('dl', {}, rows),
    h('button', { type: 'button', onclick: () => dialog.close() }, 'Close'),
  )
  return dialog
}

/** Listens for keys where nobody is writing. `actions`: what to do by key. */
export function listenForKeys(actions) {
  document.addEventListener('keydown', (event) => {
    const isWriting = event.target instanceof HTMLInputElement || document.querySelector('dialog[open]') !== null
    const action = actions[event.key]
    if (isWriting || event.ctrlKey || event.metaKey || event.altKey || action === undefined) {
      return
    }
    event.preventDefault()
    action()
  })
}

/** Moves the focus among what j and k go to; from nowhere, to the first that can be seen. */
export function step(by) {
  const all = [...document.querySelectorAll('main [data-nav]')].filter((element) => element.checkVisibility())
  const at = all.indexOf(document.activeElement)
  const next = at === -1 ? (by > 0 ? 0 : all.length - 1) : Math.max(0, Math.min(all.length - 1, at + by))
  all[next]?.focus()
  all[next]?.scrollIntoView({ block: 'nearest' })
}
