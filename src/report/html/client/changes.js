import { h } from './dom.js'
import { navigable } from './findings.js'

/** The final change, file by file. */
export function changes({ files }, where) {
  if (files.length === 0) {
    return h('p', { class: 'quiet' }, 'Nothing was changed, or the change is not in this page.')
  }
  return files.map((file, number) => fileOf(file, number, `${where}/changes.patch`))
}

const kinds = { added: 'added', deleted: 'deleted', changed: '', mode: 'mode' }

function fileOf(file, number, whole) {
  const id = `file-${number}`
  const body = file.binary
    ? h('p', { class: 'quiet' }, 'Not text.')
    : h('div', { class: 'scroll', tabindex: '0', role: 'group', 'aria-label': `Changes of ${file.path}` }, diffTable(file, number))
  return h(
    'details',
    { class: 'file', id, open: true },
    navigable(
      h(
        'summary',
        {},
        h('span', { class: 'code path' }, file.path),
        kinds[file.kind] === '' ? null : h('span', { class: 'what' }, kinds[file.kind]),
        h(
          'span',
          { class: 'sums' },
          h('span', { class: 'plus' }, `+${file.added}`),
          ' ',
          h('span', { class: 'minus' }, `−${file.deleted}`),
        ),
      ),
    ),
    file.hunks.length === 0 && !file.binary ? null : body,
    file.left > 0 ? h('p', { class: 'cut' }, `${file.left} lines are left out; whole in ${whole}`) : null,
  )
}

function diffTable(file, number) {
  const rows = file.hunks.flatMap((hunk) => [
    h('tr', { class: 'hunk' }, h('td', { colspan: 3 }, `line ${hunk.to}${hunk.within === '' ? '' : ` · ${hunk.within}`}`)),
    ...numbered(hunk).map(({ line, before, now }) => lineRow(line, before, now, now === '' ? null : `line-${number}-${now}`)),
  ])
  return h('table', { class: 'diff' }, h('tbody', {}, rows))
}

/** The lines of a hunk with their numbers before and now; no number where a line does not stand there. */
function numbered(hunk) {
  let before = hunk.from
  let now = hunk.to
  return hunk.lines.map((line) => {
    const sign = line[0]
    const isOld = sign !== '+' && sign !== '\\'
    const isNew = sign !== '-' && sign !== '\\'
    const shown = { line, before: isOld ? before : '', now: isNew ? now : '' }
    before += isOld ? 1 : 0
    now += isNew ? 1 : 0
    return shown
  })
}

const signs = { '+': 'plus', '-': 'minus', '\\': 'remark' }
const words = { '+': 'added', '-': 'removed' }

function lineRow(line, before, now, id) {
  const sign = line[0]
  const isRemark = sign === '\\'
  return h(
    'tr',
    { class: signs[sign] ?? 'same', id: isRemark ? null : id },
    h('td', { class: 'number' }, isRemark ? '' : String(before)),
    h('td', { class: 'number' }, isRemark ? '' : String(now)),
    h(
      'td',
      { class: 'line' },
      h('span', { class: 'sign', 'aria-label': words[sign] ?? null, role: words[sign] === undefined ? null : 'img' }, isRemark ? '' : sign),
      isRemark ? line.slice(2) : line.slice(1),
    ),
  )
}

/** A unified diff without line numbers, as it is printed. */
export function changedLines(lines, name) {
  return h(
    'table',
    { class: `diff ${name}` },
    h(
      'tbody',
      {},
      lines.map((line) =>
        /^(@@|---|\+\+\+|diff |index )/.test(line)
          ? h('tr', { class: 'hunk' }, h('td', {}, line))
          : h(
              'tr',
              { class: signs[line[0]] ?? 'same' },
              h('td', { class: 'line' }, h('span', { class: 'sign' }, line[0] ?? ''), line.slice(1)),
            ),
      ),
    ),
  )
}
