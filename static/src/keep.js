// Saves what is typed in a long form, within ten seconds of the first letter and whenever a box is left, and
// says so. It goes by a pass in the form and takes no cookie along: it needs no session and prolongs none.
const SAVE_WITHIN = 8 * 1000 // milliseconds; two more are left for the way
const TRY_AGAIN = 4 * 1000
const SAY_OPEN = 30 * 1000
const PATIENCE = 10 * 1000

const place = document.querySelector('[data-keep]')
const form = place.closest('form')
const said = place.querySelector('[data-keep-said]')
const here = place.querySelector('[data-keep-here]')
const trouble = form.querySelector('[data-keep-trouble]')
const pass = form.elements.keep.value
let kept = typed()
let saved = /^Saved (.*)/.exec(said.textContent.trim())?.[1]
let timer, under, sent, cutOff

function typed () {
  const fields = [...new FormData(form)].filter(([name, value]) =>
    typeof value === 'string' && name !== 'csrfmiddlewaretoken' && form.elements[name]?.type !== 'password')
  return new URLSearchParams(fields).toString()
}

function say (element, words) {
  // Said only when it changes: a screen reader reads out whatever is put here.
  if (element.textContent.trim() !== words) element.textContent = words
}

function sayTrouble (words) {
  say(said, words)
  say(trouble.firstElementChild, words)
  trouble.hidden = !words
}

function sayHere (sentences) {
  if ([...here.children].map(one => one.textContent).join() === sentences.join()) return
  here.replaceChildren(...sentences.map(words => {
    const item = document.createElement('li')
    item.textContent = words
    return item
  }))
  here.hidden = !sentences.length
}

async function send (body) {
  const answer = await fetch(place.dataset.keep, {
    method: 'POST',
    body: new URLSearchParams(body),
    credentials: 'omit',
    keepalive: body.length < 60000, // still arrives when the page is closed
    signal: AbortSignal.timeout(PATIENCE)
  })
  if (answer.status >= 500) throw new Error('no answer')
  return answer.json()
}

function since () {
  return saved ? `Not saved since ${saved}.` : 'Not saved.'
}

async function save () {
  clearTimeout(timer)
  timer = undefined
  const words = typed()
  if (sent || under || (words === kept && !cutOff)) return
  under = true
  try {
    const answer = await send(words)
    cutOff = false
    if (answer.problem) {
      sayTrouble(`${since()} ${answer.problem} Copy what you have typed before you leave this page.`)
    } else {
      kept = words
      saved = answer.saved
      sayTrouble('')
      say(said, `Saved ${saved}`)
      sayHere(answer.here)
    }
  } catch {
    cutOff = true
    sayTrouble(`${since()} The service cannot be reached. Leave this page open: it tries again by itself. Send it when it is saved.`)
    soon(TRY_AGAIN)
  } finally {
    under = false
  }
  if (typed() !== words) soon(SAVE_WITHIN)
}

function soon (wait) {
  timer ??= setTimeout(save, wait)
}

async function sayOpen () {
  try {
    const answer = await send(`keep=${encodeURIComponent(pass)}`)
    if (!answer.problem) sayHere(answer.here)
  } catch { /* what was typed and cannot be saved is said where it is saved */ }
}

form.addEventListener('input', () => soon(SAVE_WITHIN))
form.addEventListener('focusout', save)
form.addEventListener('change', save)
form.addEventListener('submit', event => {
  // Sent to a service that cannot be reached, the page would be gone and its words with it.
  if (cutOff) {
    event.preventDefault()
    save()
  } else {
    sent = true
  }
})
document.addEventListener('visibilitychange', () => { if (document.hidden) save() })
window.addEventListener('pageshow', event => { if (event.persisted) sent = false })
setInterval(sayOpen, SAY_OPEN)
