const opened = new Map()

/** The page's index. */
export async function openIndex() {
  return JSON.parse(await unpacked('index'))
}

/** The trials of the task with a number, by `ARM/K`; null where the page has no room for them. */
export async function openTask(number) {
  if (!opened.has(number)) {
    opened.set(number, readTask(number))
  }
  return opened.get(number)
}

async function readTask(number) {
  const text = await unpacked(`task-${number}`)
  if (text === '') {
    return null
  }
  const end = text.indexOf('\n')
  const table = JSON.parse(text.slice(0, end))
  return JSON.parse(text.slice(end + 1), (_key, part) =>
    typeof part === 'string' && part.startsWith('\u0001') ? table[Number(part.slice(1))] : part,
  )
}

async function unpacked(name) {
  const packed = document.getElementById(`data-${name}`).textContent
  if (packed === '') {
    return ''
  }
  const bytes = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0))
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'))).text()
}
