// What a page is built of, for `axe.py`, which does not judge again what is built as something that was found good.
// The build of an element is what it is, how it is drawn, and both of whatever it is in; the kinds of what stands before it
// and in it; and what rules compare across a page: the heading before, landmarks of one name, an id that is there twice.
// Not told apart are one text and another, one number and another, one address and another. Gives for each element, in
// their order, the number of the one it is in and its build, as "number:build"; they themselves are kept as `lookedAt`.
() => {
  const DRAWN = [
    'display', 'visibility', 'opacity', 'color', 'background-color', 'background-image', 'font-size', 'font-weight',
    'text-decoration-line', 'position', 'overflow-x', 'overflow-y'
  ]
  const REFERS = /^(for|headers|list|aria-(labelledby|describedby|details|errormessage|controls|owns|flowto|activedescendant))$/
  const WORDS = /^(name|value|href|src|srcset|action|formaction|datetime|title|placeholder|aria-label|data-.*|d|points)$/
  const AS_IT_IS = /^(alt|class|style|tabindex|aria-level|lang|content|accesskey)$/
  const LABELLED = /^(input|select|textarea|button|meter|output|progress)$/
  const REACHED = 'a[href], button, input, select, textarea, summary, [tabindex]'
  const LANDMARKS = 'nav, aside, [role], :is(section, form):is([aria-label], [aria-labelledby])'
  const HEADINGS = 'h1, h2, h3, h4, h5, h6, [role=heading]'

  // Nothing, a sign or a single letter, or something to read
  const words = text => !text.trim() ? 0 : /[\p{L}\p{N}]{2}/u.test(text) ? 2 : 1
  const ofItself = element => [...element.childNodes].reduce((most, one) => one.nodeType === 3 ? Math.max(most, words(one.data)) : most, 0)
  const said = new Map()
  const says = element => {
    if (!said.has(element)) {
      const named = ['aria-label', 'alt', 'title'].map(name => words(element.getAttribute(name) || ''))
      const within = [...element.children].map(one => one.hidden || one.ariaHidden === 'true' ? 0 : says(one))
      said.set(element, Math.max(ofItself(element), ...named, ...within))
    }
    return said.get(element)
  }
  const other = element => element
    ? [element.localName, element.getAttribute('class'), says(element), element.checkVisibility()].join('.')
    : 'nothing'
  const others = ids => ids.trim().split(/\s+/).map(id => other(document.getElementById(id))).join()
  const attribute = ({name, value}) => {
    if (name === 'id') return name
    if (REFERS.test(name)) return `${name}=${others(value)}`
    if (name === 'href' && value[0] === '#') return `${name}=#${others(value.slice(1))}`
    if (WORDS.test(name)) return `${name}=${words(value)}`
    return `${name}=${AS_IT_IS.test(name) ? value : value.replace(/[\d.]+/g, '0')}`
  }
  const scrolled = (element, style) => {
    if (!/auto|scroll/.test(style.overflowX + style.overflowY)) return ''
    if (element.scrollWidth <= element.clientWidth && element.scrollHeight <= element.clientHeight) return ''
    return element.querySelector(REACHED) ? 'by what is in it' : 'by itself'
  }
  const compared = new Map()
  const compare = (element, key) => compared.set(element, [...compared.get(element) || [], key])
  const everyOf = (chosen, key) => {
    const alike = new Map()
    for (const one of document.querySelectorAll(chosen)) alike.set(key(one), [...alike.get(key(one)) || [], one])
    for (const [common, ones] of alike) if (ones.length > 1) for (const one of ones) compare(one, `not alone: ${common}`)
  }
  const kind = element => element.getAttribute('role') || element.localName
  const name = element => element.ariaLabel || document.getElementById(element.getAttribute('aria-labelledby'))?.textContent.trim() || ''
  everyOf('[id]', element => `id ${element.id}`)
  everyOf('[accesskey]', element => `key ${element.accessKey}`)
  everyOf('h1, header, main, footer', kind)
  everyOf(LANDMARKS, element => `${kind(element)} called ${name(element)}`)
  let level = 'none'
  for (const heading of document.querySelectorAll(HEADINGS)) {
    compare(heading, `after ${level}`)
    level = heading.ariaLevel || heading.localName
  }
  for (const needed of ['h1', 'main', 'title']) if (!document.querySelector(needed)) compare(document.documentElement, `no ${needed}`)

  const own = element => {
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    const labels = LABELLED.test(element.localName) ? [...element.labels || []].map(other) : ''
    return [
      element.localName, ...[...element.attributes].map(attribute), ofItself(element), says(element), labels, compared.get(element),
      ...DRAWN.map(property => style.getPropertyValue(property)),
      box.width > 1, box.height > 1, box.right > 0, box.bottom > 0, scrolled(element, style)
    ].join('|')
  }
  const short = text => {
    let [a, b] = [7, 1027]
    for (let at = 0; at < text.length; at++) {
      const code = text.charCodeAt(at)
      a = Math.imul(a ^ code, 0x5bd1e995) ^ (a >>> 15)
      b = Math.imul(b + code, 0x27d4eb2f) ^ (b >>> 13)
    }
    return (a >>> 0).toString(36) + (b >>> 0).toString(36)
  }

  const all = window.lookedAt = [...document.querySelectorAll('*')]
  const numbers = new Map(all.map((element, number) => [element, number]))
  const owns = all.map(element => short(own(element)))
  const chains = []
  return all.map((element, number) => {
    const within = numbers.get(element.parentElement) ?? -1
    const before = element.previousElementSibling?.localName
    const holds = [...new Set([...element.children].map(one => one.localName))].sort()
    chains[number] = short(`${chains[within]} ${owns[number]}`)
    return `${within}:${short(`${chains[number]} ${before} ${holds}`)}`
  }).join(' ')
}
