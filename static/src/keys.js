// Single-key shortcuts, each only a quicker way to something already on the page. The page loads
// this only for staff who have them switched on (WCAG 2.1.4).
const rows = () => [...document.querySelectorAll('[data-rows] [data-row]')]
const rowLink = row => row.querySelector('a[href], button')

function typing (element) {
  return element.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(element.tagName)
}

function moveBy (step) {
  const all = rows()
  const here = all.findIndex(row => row.contains(document.activeElement))
  const next = here === -1 ? (step > 0 ? 0 : all.length - 1) : here + step
  if (all[next]) rowLink(all[next])?.focus()
}

function follow (selector) {
  const link = document.querySelector(selector)
  if (link) window.location.assign(link.href)
}

const keys = {
  '/': () => document.querySelector('#search')?.focus(),
  '?': () => follow('[data-key="help"]'),
  c: () => follow('[data-key="new-contact"]'),
  j: () => moveBy(1),
  k: () => moveBy(-1)
}

document.addEventListener('keydown', event => {
  if (event.ctrlKey || event.metaKey || event.altKey || typing(event.target)) return
  const act = keys[event.key]
  if (!act) return
  event.preventDefault()
  act()
})
