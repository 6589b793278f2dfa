// The page without a network: opens what is on the tablet with its PIN, shows the sheet and the register, keeps each
// thing that is said, and sends it once there is a network. Without the PIN it holds nothing.
import { draw, find, findAll, say, show, showFull, typed } from './offline-draw.js'
import { openKept } from './offline-kept.js'
import { drawRegister, drawWorked, nameOf, sayNext, sayStanding, standing } from './offline-register.js'
import { drawReport } from './offline-report.js'
import { Another, SignedOut, Unreached, begin, sendAll } from './offline-send.js'
import { drawSheet, sayToRead, toRead } from './offline-sheet.js'
import { Full, eraseOld, locks, read, unsent } from './offline-store.js'
import { saySkew, sayTime } from './offline-times.js'
import { tryPin } from './offline-vault.js'

const LOCK_AFTER = 3 * 60 * 1000 // without a touch
const LOOK_EVERY = 20 * 1000
const TRY_FIRST = 5 * 1000
const TRY_LAST = 5 * 60 * 1000
const REPORTED = 'Your report is kept, and is passed on once it is sent.'

const screen = find('#screen')
const bar = find('#kept-here')
const addresses = screen.dataset
let kept, sending, timer, touched
let wait = TRY_FIRST
let state = 'offline'
let sentAt = ''
let notices = []

// What is kept, and whether it is sent: said at all times, at the top of every screen

function tell () {
  show(bar, kept)
  if (!kept) return
  const number = kept.said.size
  const things = number === 1 ? '1 thing is kept on this tablet' : `${number} things are kept on this tablet`
  const refused = [...kept.said.values()].some(item => item.refused)
  const words = {
    offline: number ? `Not connected. ${things}.` : 'Not connected. Nothing waits to be sent.',
    sending: number ? `Sending. ${things}.` : 'Connected. Looking whether anything has changed.',
    sent: number ? `${things}.${refused ? ' Some of it was not taken: see why below.' : ''}` : `All sent at ${sentAt}.`,
    signedOut: `You have been signed out. ${number ? `${things}: sign in, type the PIN again, and it is sent` : 'Sign in to go on'}.`,
    another: `Somebody else is signed in on this tablet. ${things}: they are sent once you are signed in yourself.`
  }
  say(find('[data-said]', bar), words[state])
  show(find('[data-sign-in]', bar), state === 'signedOut' || state === 'another')
  show(find('[data-send]', bar), state === 'offline' || (state === 'sent' && number))
}

// Opening and locking

async function start (because = '') {
  kept = undefined
  tell()
  await eraseOld()
  const found = await locks()
  const wanted = /^#session-(\d+)$/.exec(location.hash)?.[1]
  const one = found.length === 1 ? found[0] : found.find(lock => String(lock.session) === wanted)
  if (!found.length) return place(draw('nothing', { because }))
  return one ? unlock(one) : choose(found)
}

function choose (found) {
  const drawn = draw('choose', { sessions: found.map(lock => ({ label: lock.label, href: `#session-${lock.session}` })) })
  place(drawn)
}

async function unlock (lock, because = '') {
  const waits = await unsent(lock.session)
  const drawn = draw('unlock', {
    label: lock.label,
    waiting: waits ? `${waits} ${waits === 1 ? 'thing' : 'things'} said here and not sent.` : '',
    gone: !await read(`sheet/${lock.session}`)
  })
  place(drawn)
  const form = find('form', drawn)
  const box = find('#pin', form)
  refuse(form, because)
  form.addEventListener('submit', async event => {
    event.preventDefault()
    const { key, problem, erased } = await tryPin(lock.session, box.value)
    box.value = ''
    const still = await read(`lock/${lock.session}`)
    if (erased) return still ? unlock(still, problem) : start(problem)
    if (problem) return refuse(form, problem)
    kept = await openKept(still, key)
    if (/^#session-/.test(location.hash) || !location.hash) history.replaceState(null, '', kept.half?.hash ?? '#sheet')
    touched = Date.now()
    drawScreen()
    send()
  })
}

function refuse (form, problem) {
  find('[data-group]', form).classList.toggle('govuk-form-group--error', Boolean(problem))
  const error = find('#pin-error', form)
  say(error, problem)
  show(error, problem)
  find('#pin', form).focus()
}

async function lock () {
  if (!kept) return
  await keepHalf()
  clearTimeout(timer)
  await start()
}

// Drawing

function place (drawn) {
  screen.replaceChildren(drawn)
  find('h1', drawn)?.focus({ preventScroll: true })
  window.scrollTo(0, 0)
}

function drawScreen (focus = true) {
  tell()
  const { pack } = kept
  if (!pack) return drawSaid()
  const left = toRead(kept).length
  const hash = location.hash
  const frame = draw('frame', {
    heading: title(hash),
    lead: `${pack.sheet.project}. ${kept.lock.label}`,
    tabs: [
      { text: left ? `Day sheet: ${left} to read` : 'Day sheet', href: '#sheet' },
      { text: 'Register', href: '#register' },
      { text: 'Report something', href: '#report' }
    ]
  })
  for (const tab of findAll('[data-tab]', frame)) if (tab.hash === hash || (tab.hash === '#register' && /^#person/.test(hash))) tab.setAttribute('aria-current', 'page')
  const skew = saySkew(pack.now, pack.here)
  const all = [...notices, ...(skew ? [`The clock of this tablet is ${skew}. Times that it suggests are wrong by that much: put it right in its settings, and look at each time you say.`] : [])]
  find('[data-notices]', frame).append(...all.map(words => draw('notice', { words })))
  find('[data-screen]', frame).append(...drawn(hash, left))
  if (focus) place(frame)
  else screen.replaceChildren(frame)
}

function title (hash) {
  const person = rowOf(hash)
  if (person) return `${sayNext(standing(kept, person).said)}: ${nameOf(kept, person.attendance)}`
  return { '#register': 'Register', '#report': 'Report something' }[hash] ?? 'Day sheet'
}

function rowOf (hash) {
  const number = /^#person-(\d+)$/.exec(hash)?.[1]
  return kept.pack.rows.find(row => String(row.attendance) === number)
}

function drawn (hash, left) {
  const row = rowOf(hash)
  const begun = kept.half?.hash === hash ? kept.half.values : undefined
  if (hash === '#report') return [watched(drawReport(kept, { begun, keep: keepReport }))]
  if (left && (row || hash === '#register')) return [draw('notice', { words: `Read the day sheet and say that you have, before the register opens. Still to be read: ${sayToRead(kept)}.` })]
  if (row) return [watched(drawWorked(kept, row, { begun, keep: said => keepWorked(row, said) }))]
  if (hash === '#register') return [drawRegister(kept, { press: keepRow, choose: settle, close, drop }), ...drawReports()]
  return [drawSheet(kept, readOne)]
}

// What waits, in words: all that there is once the sheet is erased.
function drawSaid () {
  const words = draw('frame', { heading: 'Kept on this tablet', lead: kept.lock.label, tabs: [] })
  find('nav', words).remove()
  find('[data-notices]', words).append(...['The day sheet has been erased from this tablet. Use the paper one.', ...notices].map(one => draw('notice', { words: one })))
  find('[data-screen]', words).append(drawItems([...kept.said.values()]))
  place(words)
}

function drawReports () {
  const reports = [...kept.said.values()].filter(item => item.what === 'report')
  return reports.length ? [drawItems(reports)] : []
}

function drawItems (items) {
  const drawn = draw('said', { said: items.map(sayItem) })
  findAll('[data-drop]', drawn).forEach((button, at) => {
    button.addEventListener('click', () => drop(items.filter(item => item.refused)[at]))
  })
  return drawn
}

function sayItem (item) {
  const words = {
    read: () => 'The day sheet was read.',
    row: () => [sayStanding(item.sent, kept.pack), item.sent.task, item.sent.note].filter(Boolean).join('. '),
    report: () => item.body.words
  }[item.what]()
  return { words: [item.name, words].filter(Boolean).join(': '), refused: item.refused ?? '' }
}

// Saying something

async function readOne (person) {
  await attempt(screen, person.name, () => kept.say({
    what: 'read', key: `read-${person.place}`, place: person.place, digest: person.digest,
    name: person.masked ? 'Limited access' : person.name
  }))
  const next = toRead(kept)[0]
  drawScreen(!next)
  if (next) {
    const heading = find(`#place-${next.place} h3`)
    heading.scrollIntoView()
    heading.focus({ preventScroll: true })
  }
  send()
}

// A second press while the first is being kept says nothing more, whatever it is that is said.
const keeping = new Set()

async function once (what, act) {
  if (keeping.has(what)) return false
  keeping.add(what)
  try {
    return await act()
  } finally {
    keeping.delete(what)
  }
}

function keepRow (row, said) {
  return once(row.attendance, () => keepOne(row, said))
}

async function keepOne (row, said) {
  const { item } = standing(kept, row)
  const name = nameOf(kept, row.attendance)
  const done = await attempt(screen, `${name}: ${sayStanding(said, kept.pack)}`, () => kept.say({
    what: 'row', key: crypto.randomUUID(), attendance: row.attendance, name, seen: row.version,
    said_at: new Date().toISOString(), sent: said
  }, item))
  if (!done) return false
  leaveForm()
  if (said.task) kept.usualTask = said.task
  notices = []
  if (location.hash === '#register') {
    drawScreen(false)
    find(`#person-${row.attendance} button`)?.focus()
  }
  send()
  return true
}

async function keepWorked (row, said) {
  if (await keepRow(row, said)) go('#register')
}

function keepReport (body) {
  return once('report', () => keepWords(body))
}

async function keepWords (body) {
  const name = body.about ? nameOf(kept, body.about) : ''
  const item = { what: 'report', key: crypto.randomUUID(), said_at: new Date().toISOString(), name, body }
  if (!await attempt(screen, body.words, () => kept.say(item))) return
  leaveForm()
  notices = [REPORTED]
  go('#register')
  send()
}

// What the service does not take stays until its writer says that it is written elsewhere.
async function drop (item) {
  if (!confirm('Is it written elsewhere, on paper or on the register? It is taken off this tablet, and cannot be brought back.')) return
  await kept.settle([item])
  drawScreen()
}

// What cannot be kept stays on the screen, and that is said at once.
async function attempt (form, words, act) {
  try {
    await act()
    return true
  } catch (problem) {
    if (!(problem instanceof Full)) throw problem
    const place = find('[data-problems]', form) ?? find('[data-notices]', form)
    place.dataset.problems = ''
    const note = find('[name=note], [name=words]', form)?.value ?? ''
    showFull(form, [words, note].filter(Boolean).join('\n'))
    return false
  }
}

function go (hash) {
  if (location.hash === hash) drawScreen()
  else location.hash = hash
}

// A form that is being filled in is kept as it is typed, so that a lock or an empty battery takes nothing.
let form, later

function watched (drawn) {
  form = drawn
  form.addEventListener('input', () => { clearTimeout(later); later = setTimeout(keepHalf, 400) })
  find('[data-cancel]', form).addEventListener('click', () => { leaveForm(); kept.halfDone(null) })
  return form
}

function leaveForm () {
  clearTimeout(later)
  form = undefined
}

// While it is being said it goes with what is said: kept after that, it would wait as something never said.
async function keepHalf () {
  clearTimeout(later)
  if (!kept || keeping.size || !form?.isConnected) return
  await attempt(form, '', () => kept.halfDone({ hash: location.hash, values: typed(form) }))
}

// Sending

async function send () {
  clearTimeout(timer)
  if (!kept || sending) return
  sending = true
  state = 'sending'
  tell()
  const of = kept
  try {
    const service = await begin(addresses, of.lock)
    const told = await sendAll(service, of)
    await refresh(service, of)
    const waits = [...of.said.values()].some(item => item.what === 'report' && !item.refused)
    notices = told.length ? told : notices.filter(words => waits || words !== REPORTED)
    state = 'sent'
    sentAt = sayTime(Date.now())
    wait = TRY_FIRST
  } catch (problem) {
    state = problem instanceof SignedOut ? 'signedOut' : problem instanceof Another ? 'another' : 'offline'
    if (problem instanceof Full) notices = ['This tablet is full, so the sheet could not be brought up to date. Delete photographs or files to make room.']
    else if (!(problem instanceof Unreached)) reportError(problem)
  } finally {
    sending = false
  }
  if (kept !== of) return
  afterSending()
}

function afterSending () {
  const more = state === 'sent' && [...kept.said.values()].some(item => !item.refused)
  if (more || state === 'offline') {
    timer = setTimeout(send, wait)
    wait = Math.min(wait * 2, TRY_LAST)
  }
  // A form that is being filled in is not drawn anew under the hand
  if (form?.isConnected) tell()
  else drawScreen(false)
}

// The sheet as it is by now. Where it is not given any more it goes from here, and what waits stays.
async function refresh (service, of) {
  const { taken, given } = await service.get('sheet')
  if (taken) return of.take({ ...given, here: Date.now() })
  const waits = await of.eraseSheet()
  if (!waits) {
    if (kept === of) await start(`${given.detail} Nothing of it is left on this tablet.`)
  }
}

async function settle (one, take) {
  await act(service => service.post('choose', { sync: one.key, take, version: one.version }))
}

async function close () {
  await act(service => service.post('close', {}))
}

// Once it is on its way it may have been done, whatever comes back: then nobody is told that nothing changed.
async function act (post) {
  const of = kept
  let words = 'That needs a connection, and there is none now, or you have been signed out. Nothing has changed.'
  try {
    const service = await begin(addresses, of.lock)
    words = 'The connection was lost before an answer came. Once you are connected, look whether it was done before you press again.'
    const { taken, given } = await post(service)
    words = taken ? 'That is done. What is shown here is brought up to date once you are connected.' : given.detail
    await refresh(service, of)
    if (taken) words = ''
  } catch (problem) {
    if (!(problem instanceof Unreached || problem instanceof Full)) reportError(problem)
  }
  notices = words ? [words] : []
  if (kept === of) drawScreen()
}

find('[data-send]', bar).addEventListener('click', () => { wait = TRY_FIRST; send() })
find('[data-lock]', bar).addEventListener('click', lock)
window.addEventListener('online', () => { wait = TRY_FIRST; send() })
window.addEventListener('offline', () => { state = 'offline'; tell() })
window.addEventListener('hashchange', () => { if (kept) drawScreen(); else start() })
for (const touch of ['pointerdown', 'keydown']) document.addEventListener(touch, () => { touched = Date.now() })
document.addEventListener('visibilitychange', look)
new BroadcastChannel('work-offline').addEventListener('message', () => start('You have signed out.'))
setInterval(look, LOOK_EVERY)

// Whether it has lain there too long, or the sheet has been here too long.
async function look () {
  if (!kept) return
  if (Date.now() - touched >= LOCK_AFTER) return lock()
  if (kept.pack && kept.lock.until <= Date.now()) {
    await kept.eraseSheet()
    await lock()
  }
}

start()
