// Says five minutes beforehand that the session is about to end, and lets it be kept with one press.
const WARN_BEFORE = 5 * 60 // seconds
const notice = document.getElementById('session-notice')
const length = Number(notice.dataset.seconds)
let timer

function wait () {
  clearTimeout(timer)
  notice.hidden = true
  timer = setTimeout(() => { notice.hidden = false }, Math.max(length - WARN_BEFORE, 0) * 1000)
}

notice.querySelector('form').addEventListener('submit', async event => {
  event.preventDefault()
  const answer = await fetch(event.target.action, { method: 'POST', body: new FormData(event.target), redirect: 'manual' })
  if (answer.ok) wait()
  else notice.querySelector('p').textContent = 'You have been signed out. Copy anything you have typed, then sign in again.'
})

wait()
