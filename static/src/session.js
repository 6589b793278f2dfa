// Says five minutes beforehand that the session is about to end, and lets it be kept with one press.
const WARN_BEFORE = 5 * 60 // seconds
const notice = document.getElementById('session-notice')
const stay = notice.querySelector('a')
let timer

function wait () {
  clearTimeout(timer)
  notice.hidden = true
  const seconds = Number(notice.dataset.seconds) - WARN_BEFORE
  timer = setTimeout(() => { notice.hidden = false }, Math.max(seconds, 0) * 1000)
}

stay.addEventListener('click', async event => {
  event.preventDefault()
  // Any page renews the session; one that has ended would lead to the sign-in page instead.
  const answer = await fetch(stay.href, { redirect: 'manual' })
  if (answer.ok) wait()
  else notice.querySelector('p').textContent = 'You have been signed out. Copy what you have typed, then sign in again.'
})

wait()
