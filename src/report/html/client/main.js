import { h } from './dom.js'
import { keysDialog, listenForKeys, step } from './keys.js'
import { overview } from './overview.js'
import { readRoute, routeTo, taskRoute, trialRoute } from './routes.js'
import { searchable, searchDialog } from './search.js'
import { openIndex } from './store.js'
import { taskPage } from './task.js'
import { applyTheme, nextTheme, openTheme } from './theme.js'
import { trialPage } from './trial.js'

const page = document.getElementById('page')
const main = h('main', { id: 'main', tabindex: '-1' })
const crumbs = h('nav', { class: 'crumbs', 'aria-label': 'Where you are' })
let index = null
let search = null
const help = keysDialog()
let theme = applyTheme(openTheme())
let turn = 0

start()

async function start() {
  index = await openIndex()
  search = searchDialog(searchable(index))
  const skip = h('a', { class: 'skip', href: '#main', onclick: skipToMain }, 'To the content')
  page.replaceChildren(
    skip,
    topBar(),
    main,
    h('footer', {}, 'Assay · a report that needs no network and sends nothing'),
    search.dialog,
    help,
  )
  listenForKeys({
    j: () => step(1),
    k: () => step(-1),
    n: () => beside(1),
    p: () => beside(-1),
    '/': () => search.open(),
    '?': () => help.showModal(),
    t: changeTheme,
    Escape: up,
  })
  addEventListener('hashchange', show)
  await show()
}

function skipToMain(event) {
  event.preventDefault()
  main.focus()
}

function topBar() {
  return h(
    'header',
    { class: 'top' },
    crumbs,
    h(
      'div',
      { class: 'tools' },
      h('button', { type: 'button', class: 'wide', onclick: () => search.open() }, 'Search ', h('kbd', {}, '/')),
      h('button', { type: 'button', id: 'theme', onclick: changeTheme }, themeWords()),
      h('button', { type: 'button', 'aria-label': 'Keys', onclick: () => help.showModal() }, '?'),
    ),
  )
}

function themeWords() {
  return { system: 'Auto', light: 'Light', dark: 'Dark' }[theme]
}

function changeTheme() {
  theme = applyTheme(nextTheme(theme))
  document.getElementById('theme').textContent = themeWords()
}

async function show() {
  turn += 1
  const mine = turn
  const route = readRoute(location.hash)
  const view = await viewOf(route)
  if (mine !== turn) {
    return
  }
  crumbs.replaceChildren(...trail(route))
  main.replaceChildren(...view.nodes.flat(Infinity).filter((node) => node !== null))
  document.title = `${view.title}: Assay`
  goTo(view.focus)
}

async function viewOf(route) {
  const row = route.kind === 'overview' ? null : index.tasks.find(({ task }) => task === route.task)
  if (row === undefined) {
    return missing('This report has no such task.')
  }
  if (route.kind === 'task') {
    return { title: row.task, nodes: await taskPage(index, row), focus: null }
  }
  if (route.kind === 'trial') {
    const trial = await trialPage(index, row, route)
    return trial === null ? missing('This report has no such trial.') : { title: `${row.task} trial ${route.k}`, ...trial }
  }
  return { title: index.title, nodes: overview(index), focus: null }
}

function missing(sentence) {
  return { title: 'Not found', nodes: [h('h1', {}, 'Not found'), h('p', {}, sentence)], focus: null }
}

function trail(route) {
  const parts = [h('a', { href: routeTo(), class: 'home' }, 'Assay')]
  if (route.kind !== 'overview') {
    parts.push(h('a', { href: taskRoute(route.task) }, route.task.split('/')[1] ?? route.task))
  }
  if (route.kind === 'trial') {
    parts.push(
      h(
        'a',
        { href: trialRoute(route.arm, route.task, route.k) },
        `${index.arms.length > 1 ? `${route.arm.toUpperCase()} ` : 'trial '}${route.k}`,
      ),
    )
  }
  parts.at(-1).setAttribute('aria-current', 'page')
  return parts
}

/** Shows the element with an id: opens what it is folded in, and marks it. */
function goTo(id) {
  const element = id === null ? null : document.getElementById(id)
  if (element === null) {
    scrollTo(0, 0)
    return
  }
  for (let around = element.closest('details'); around !== null; around = around.parentElement.closest('details')) {
    around.open = true
  }
  element.classList.add('meant')
  element.setAttribute('tabindex', '-1')
  element.focus({ preventScroll: true })
  element.scrollIntoView({ block: 'center' })
}

/** One level up: from a trial to its task, from a task to the overview. */
function up() {
  const route = readRoute(location.hash)
  if (route.kind !== 'overview') {
    location.hash = route.kind === 'trial' ? taskRoute(route.task) : routeTo()
  }
}

/** The next trial of the task, or the next task. */
function beside(by) {
  const route = readRoute(location.hash)
  const at = index.tasks.findIndex(({ task }) => task === route.task)
  if (route.kind === 'task') {
    const next = index.tasks[at + by]
    location.hash = next === undefined ? location.hash : taskRoute(next.task)
  } else if (route.kind === 'trial') {
    const trials = index.tasks[at].arms.flatMap((inArm, number) =>
      (inArm?.trials ?? []).filter(({ state }) => state !== 'not run').map(({ k }) => [index.arms[number].name, k]),
    )
    const now = trials.findIndex(([arm, k]) => arm === route.arm && k === route.k)
    const next = trials[now + by]
    location.hash =
      next === undefined
        ? location.hash
        : trialRoute(
            next[0],
            route.task,
            next[1],
            ...(route.section === null || route.section.startsWith('finding') ? [] : [route.section]),
          )
  } else {
    step(by)
  }
}
