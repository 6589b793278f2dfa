// Draws a screen from the templates of the page. Words are put in as text and never as markup.
export const find = (selector, root = document) => root.querySelector(selector)
export const findAll = (selector, root = document) => [...root.querySelectorAll(selector)]

export function draw (name, values = {}) {
  const root = document.getElementById(`t-${name}`).content.firstElementChild.cloneNode(true)
  fill(root, values)
  return root
}

// data-list: its first child for each; data-if: taken out unless there is something; data-fill: the words. Lists come
// first, and what is drawn loses its mark, so that nothing of a list is filled with what is meant for the whole.
function fill (root, values) {
  for (const list of findAll('[data-list]', root)) {
    const model = list.firstElementChild
    list.replaceChildren(...(values[list.dataset.list] ?? []).map(each => drawEach(model, each)))
    delete list.dataset.list
  }
  for (const part of findAll('[data-if]', root)) {
    if (isEmpty(values[part.dataset.if])) part.remove()
    else delete part.dataset.if
  }
  for (const part of [root, ...findAll('[data-fill]', root)]) {
    if (part.dataset.fill === undefined) continue
    part.textContent = values[part.dataset.fill] ?? ''
    delete part.dataset.fill
  }
}

function drawEach (model, each) {
  const one = model.cloneNode(true)
  fill(one, typeof each === 'string' ? { words: each } : each)
  if (each.href) find('a', one).href = each.href
  return one
}

function isEmpty (value) {
  return Array.isArray(value) ? !value.length : !value
}

export function show (part, shown) {
  if (part) part.hidden = !shown
}

// A live region is read out whenever something is put there, so only when it changes.
export function say (part, words) {
  if (part.textContent !== words) part.textContent = words
}

export function button (text, name, act, primary = false) {
  const made = draw('button', { text, name })
  if (!primary) made.classList.add('govuk-button--secondary')
  made.addEventListener('click', act)
  return made
}

// Radios or checkboxes of these (code, words).
export function options (holder, name, pairs, type = 'radio') {
  const part = type === 'radio' ? 'radios' : 'checkboxes'
  holder.replaceChildren(...pairs.map(([code, words], at) => {
    const item = document.createElement('div')
    const input = document.createElement('input')
    const label = document.createElement('label')
    item.className = `govuk-${part}__item`
    Object.assign(input, { type, name, value: code, id: `f-${name}-${at}`, className: `govuk-${part}__input` })
    Object.assign(label, { htmlFor: input.id, textContent: words, className: `govuk-label govuk-${part}__label` })
    item.append(input, label)
    return item
  }))
}

export function choices (select, pairs) {
  select.replaceChildren(...pairs.map(([code, words]) => new Option(words, code)))
}

// What is in the boxes of a form: {name: words}, of checkboxes of one name a list.
export function typed (form) {
  const found = {}
  for (const [name, value] of new FormData(form)) {
    found[name] = name === 'skills' ? [...(found[name] ?? []), value] : value
  }
  return found
}

export function put (form, values) {
  for (const box of form.elements) {
    if (!box.name || values[box.name] === undefined) continue
    const value = values[box.name]
    if (box.type === 'radio' || box.type === 'checkbox') box.checked = [value].flat().includes(box.value)
    else box.value = value
  }
}

// `problems`: [[name of the box, words]]
export function showProblems (form, problems) {
  const place = find('[data-problems]', form)
  place.replaceChildren()
  if (!problems.length) return
  const summary = draw('problems', { problems: problems.map(([, words]) => words) })
  findAll('a', summary).forEach((link, at) => link.addEventListener('click', event => {
    event.preventDefault()
    const box = form.elements[problems[at][0]]
    const first = box instanceof RadioNodeList ? box[0] : box
    first.focus()
  }))
  place.append(summary)
  summary.focus()
}

// That the tablet is full: everything stays on the screen, and its words can be copied.
export function showFull (form, words) {
  const summary = draw('full')
  find('textarea', summary).value = words
  find('[data-problems]', form).replaceChildren(summary)
  summary.focus()
}
