/**
 * Builds one element. `attributes`: names to values; `true` for one without a value, null for none; `onclick` and the like take functions.
 * Children that are strings become text: nothing is ever read as markup.
 */
export function h(tag, attributes = {}, ...children) {
  return filled(document.createElement(tag), attributes, children)
}

/** The same for SVG. */
export function s(tag, attributes = {}, ...children) {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children)
}

function filled(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') {
      element.addEventListener(name.slice(2), value)
    } else if (value !== null && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value))
    }
  }
  element.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false))
  return element
}

/** `1 trial`, `2 trials`. */
export function plural(count, one, many = `${one}s`) {
  return `${count} ${count === 1 ? one : many}`
}

/** A share as points with its sign, such as `−12`. */
export function points(share) {
  const rounded = Math.round(share * 100)
  return rounded > 0 ? `+${rounded}` : rounded < 0 ? `−${-rounded}` : '0'
}

/** A p-value as people write it. */
export function pText(p) {
  return p < 0.001 ? 'p < 0.001' : `p = ${p.toFixed(3)}`
}

/** Seconds since the trial began as `0:07.3`. */
export function clock(seconds) {
  const minutes = Math.floor(seconds / 60)
  return `${minutes}:${(seconds - minutes * 60).toFixed(1).padStart(4, '0')}`
}

/** A text that was cut, as nodes: head, a remark on what is missing, tail. */
export function excerpt(text, where) {
  if (text.left === 0) {
    return [text.head]
  }
  const remark = `${text.left.toLocaleString('en')} characters are left out${where === undefined ? '' : `; whole in ${where}`}`
  return [text.head, h('span', { class: 'cut' }, remark), text.tail]
}
