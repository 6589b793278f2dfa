// Takes a session along: asks for a PIN, fetches that day's minimum, and keeps it encrypted on this tablet.
import { openKept } from './offline-kept.js'
import { wrongWith } from './offline-pin.js'
import { Full, read, write } from './offline-store.js'
import { newLock } from './offline-vault.js'

const place = document.getElementById('take')
const form = place.querySelector('form')
const said = place.querySelector('[data-said]')
const { session, user, label, sheet, worker, page } = place.dataset
const NOT_TAKEN = 'Nothing is kept on this tablet.'

function refuse (id, words) {
  const error = document.getElementById(`${id}-error`)
  error.textContent = words
  error.hidden = !words
  error.closest('.govuk-form-group').classList.toggle('govuk-form-group--error', Boolean(words))
  if (words) document.getElementById(id).focus()
  return Boolean(words)
}

// The page without a network must be there before anything is to be opened by it.
async function prepare () {
  const kept = await navigator.serviceWorker.register(worker, { scope: page })
  const coming = kept.installing ?? kept.waiting
  if (kept.active || !coming) return
  await new Promise((resolve, reject) => coming.addEventListener('statechange', () => {
    if (coming.state === 'activated') resolve()
    if (coming.state === 'redundant') reject(new Error('not installed'))
  }))
}

async function fetchSheet () {
  const answer = await fetch(sheet, { credentials: 'same-origin', redirect: 'manual', cache: 'no-store' })
  const given = await answer.json()
  if (!answer.ok) throw new Refused(given.detail)
  return given
}

class Refused extends Error {}

async function take (pin) {
  const pack = await fetchSheet()
  await prepare()
  const { lock, key } = await newLock(pin, { session: Number(session), user: Number(user), label, until: 0 })
  const kept = await openKept(lock, key)
  await kept.take({ ...pack, here: Date.now() })
}

async function begin () {
  place.hidden = false
  const had = await read(`lock/${session}`)
  if (!had) return
  place.querySelector('[data-had]').hidden = false
  form.hidden = true
}

form.addEventListener('submit', async event => {
  event.preventDefault()
  const [pin, again] = ['pin', 'again'].map(id => document.getElementById(id).value)
  if (refuse('pin', wrongWith(pin)) || refuse('again', pin === again ? '' : 'Type the same PIN both times.')) return
  said.textContent = 'Taking it along. This takes a few seconds.'
  try {
    await take(pin)
    location.assign(`${page}#session-${session}`)
  } catch (problem) {
    const full = problem instanceof Full && 'This tablet is full: delete photographs or files to make room, and try again.'
    const refused = problem instanceof Refused && problem.message
    said.textContent = `${full || refused || 'The service could not be reached, you have been signed out, or this browser cannot keep pages. Try again, or take the paper sheet.'} ${NOT_TAKEN}`
  }
})

document.getElementById('no-script').remove()
if (navigator.serviceWorker && window.crypto?.subtle) {
  begin()
} else {
  place.hidden = false
  form.hidden = true
  said.textContent = 'This browser cannot keep a sheet safely. Take the day sheet and the register on paper.'
}
