// Says five minutes beforehand that the session is about to end, and lets it be kept with one press.
import './offline-leave.js'

const WARN_BEFORE = 5 * 60 // seconds
const notice = document.getElementById('session-notice')
const form = notice.querySelector('form')
// On a page that saves by itself (keep.js) nothing is lost with the session.
const keeps = document.querySelector('[data-keep]')
let timer

function wait () {
  clearTimeout(timer)
  notice.hidden = true
  const seconds = Number(notice.dataset.seconds) - WARN_BEFORE
  timer = setTimeout(() => { notice.hidden = false }, Math.max(seconds, 0) * 1000)
}

form.addEventListener('submit', async event => {
  event.preventDefault()
  // A session that has already ended answers with a redirect to the sign-in page.
  const answer = await fetch(form.action, { method: 'POST', body: new FormData(form), redirect: 'manual' })
  if (answer.ok) wait()
  else say(keeps ? 'You have been signed out. What you have typed is saved: send it, and sign in when you are asked.' : 'You have been signed out. Copy what you have typed, then sign in again.')
})

function say (words) {
  notice.querySelector('p').textContent = words
}

if (keeps) say('You will be signed out in 5 minutes. What you have typed is saved, and will be here when you sign in again.')

wait()
