// Signing out, from whatever page, takes the day sheets off this tablet. What was said without a network and is not sent
// is never destroyed by it: it stays, encrypted, and whoever signs out is told before.
import { eraseAll, isKept, unsent } from './offline-store.js'

const form = document.querySelector('.app-header__account form')
const PAGE = '/unpaid-work/offline/'

async function leave () {
  try {
    await eraseAll()
    new BroadcastChannel('work-offline').postMessage('signed out')
  } finally {
    form.submit()
  }
}

function warn (number) {
  const notice = document.createElement('div')
  notice.className = 'app-session-notice'
  notice.setAttribute('role', 'alert')
  const words = document.createElement('p')
  words.textContent = `${number === 1 ? '1 thing' : `${number} things`} said at unpaid work on this tablet ${number === 1 ? 'has' : 'have'} not been sent. Signed out, it stays here, encrypted with its PIN, until you sign in again and open it. The day sheet is erased.`
  const group = document.createElement('div')
  group.className = 'govuk-button-group'
  const first = document.createElement('a')
  Object.assign(first, { href: PAGE, textContent: 'Send it first', className: 'govuk-button' })
  const still = document.createElement('button')
  Object.assign(still, { type: 'button', textContent: 'Sign out all the same', className: 'govuk-button govuk-button--secondary' })
  still.addEventListener('click', leave)
  group.append(first, still)
  notice.append(words, group)
  document.body.append(notice)
  first.focus()
}

// Where the browser lets pages keep nothing, nothing waits. Whatever goes wrong is no reason to stay signed in.
async function waiting () {
  try {
    return await isKept() ? await unsent() : 0
  } catch (problem) {
    if (!(problem instanceof DOMException)) reportError(problem)
    return 0
  }
}

form.addEventListener('submit', async event => {
  if (!window.isSecureContext) return // a sheet is kept nowhere else
  event.preventDefault()
  const number = await waiting()
  if (number) warn(number)
  else await leave()
})
