// Says five minutes beforehand that the session is about to end, and lets it be kept with one press.
const WARN_BEFORE = 5 * 60 // seconds
const notice = document.getElementById('session-notice')
const form = notice.querySelector('form')
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
  else notice.querySelector('p').textContent = 'You have been signed out. Copy what you have typed, then sign in again.'
})

wait()
