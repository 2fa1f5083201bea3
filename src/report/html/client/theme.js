const order = ['system', 'light', 'dark']

/** The colours that were chosen before; a file that is opened from disk may not be allowed to remember. */
export function openTheme() {
  try {
    return order.find((name) => name === localStorage.getItem('assay-theme')) ?? 'system'
  } catch {
    return 'system'
  }
}

/** Puts colours on the page and remembers them. */
export function applyTheme(name) {
  document.documentElement.dataset.theme = name
  try {
    localStorage.setItem('assay-theme', name)
  } catch {
    // Then they last as long as the page.
  }
  return name
}

/** The one after `name`: light, dark, as the system. */
export function nextTheme(name) {
  return order[(order.indexOf(name) + 1) % order.length]
}
