// The register on the tablet: a row a person with big buttons, and a form a person that takes twenty seconds.
// Each thing said is the whole of what the tablet says of one person, so that only the last need be sent.
import { button, draw, find, options, put, show, showProblems, typed } from './offline-draw.js'
import { arrivedNow, clock, leavesNow, onDay, sayTime } from './offline-times.js'

export const GONE = ['left', 'sent_home', 'no_work', 'not_come']
const WITHOUT_LEAVE = 'AFTC' // of somebody who left: nobody had let them go, and their officer decides
const ENDINGS = ['left', 'left_early', 'sent_home', 'no_work']
const CAME = {
  expected: ['Expected', 'grey'],
  here: ['Here', 'blue'],
  left: ['Left, worked to the end', 'green'],
  left_early: ['Left before the end, without leave', 'yellow'],
  sent_home: ['Sent home for their behaviour', 'yellow'],
  no_work: ['Sent home by us: no work, supervisor or room', 'green'],
  not_come: ['Did not come', 'orange']
}
const WITH_LEAVE = 'Left before the end, with leave' // by when they left: nothing else is said of it
const SLIP = 5 * 60000 // as the service has it
const OTHER = 'other'
const BEGUN = { break_minutes: 0, penalty_minutes: 0, outcome: '', hi_vis: null, intensive: false, quality: '', behaviour: '', task: '', skills: [], note: '', sensitive: false }

// What is said of somebody: what was said here and is not sent, else what the register said.
export function standing (kept, row) {
  const item = [...kept.said.values()].find(one => one.what === 'row' && one.attendance === row.attendance)
  return { item, said: item ? item.sent : row.said }
}

// As the form offers it: who left without leave is said to have left, with that outcome.
function chosen ({ came, outcome }) {
  return came === 'left' && outcome === WITHOUT_LEAVE ? 'left_early' : came
}

export function nameOf (kept, attendance) {
  return kept.pack.sheet.people.find(person => person.place === attendance)?.name ?? ''
}

export function sayStanding (said, pack) {
  if (said.came === 'here') return `Here since ${sayTime(said.arrived_at)}`
  if (['left', 'sent_home', 'no_work'].includes(said.came)) return `${sayEnding(said, pack)}: ${sayTime(said.arrived_at)} to ${sayTime(said.left_at)}`
  return CAME[said.came][0]
}

// Whoever left before the end and not without leave had it.
function sayEnding (said, pack) {
  const early = chosen(said) === 'left' && new Date(said.left_at).getTime() + SLIP < new Date(pack.ends_at).getTime()
  return early ? WITH_LEAVE : CAME[chosen(said)][0]
}

// What the form of a person says next, as it is headed.
export function sayNext ({ came }) {
  return { expected: 'Did not come', here: 'Leaves' }[came] ?? 'Put the register right'
}

export function drawRegister (kept, acts) {
  const rows = kept.pack.rows
  const stands = rows.map(row => standing(kept, row))
  const count = came => stands.filter(one => came.includes(one.said.came)).length
  const all = rows.length > 0 && count(GONE) === rows.length
  const screen = draw('register', {
    counts: `${count(['here'])} here, ${count(['expected'])} still expected, ${count(['left', 'sent_home', 'no_work'])} gone, ${count(['not_come'])} did not come.`,
    masked: kept.pack.sheet.people.filter(person => person.masked).map(person => person.safety),
    closes: all && !kept.said.size && !kept.pack.disagree.length,
    later: !all
  })
  find('[data-people]', screen).append(...rows.map((row, at) => drawRow(kept, row, stands[at], acts)))
  find('[data-disagree]', screen).append(...kept.pack.disagree.map(one => drawDisagreement(one, acts)))
  find('[data-close]', screen)?.addEventListener('click', acts.close)
  return screen
}

function drawRow (kept, row, { item, said }, acts) {
  const name = nameOf(kept, row.attendance)
  const [words, colour] = CAME[chosen(said)]
  const [tag] = words.split(/[,:]| for | by /)
  const stands = item ? sayStanding(said, kept.pack) : row.stands
  const person = kept.pack.sheet.people.find(person => person.place === row.attendance)
  const drawn = draw('row', {
    name,
    crn: person.crn,
    tag,
    stands: stands === tag ? '' : stands,
    held: saysHeld(person, said),
    sent: item ? 'Kept on this tablet, not sent yet' : '',
    refused: item?.refused ?? ''
  })
  drawn.id = `person-${row.attendance}`
  find('[data-tag]', drawn).classList.add(`govuk-tag--${colour}`)
  const add = (text, act, primary) => find('[data-buttons]', drawn).append(button(text, name, act, primary))
  const press = came => () => acts.press(row, pressed(kept, said, came))
  const open = () => { location.hash = `#person-${row.attendance}` }
  if (said.came === 'expected') add('Here', press('here'), true)
  if (said.came === 'not_come') add('Came late', press('here'), true)
  if (said.came === 'expected') add('Did not come', open)
  if (said.came === 'here') add('Leaves', open, true)
  if (said.came === 'here') add('Not here after all', press('expected'))
  if (GONE.includes(said.came)) add('Put right', open)
  if (item?.refused) add('Take it off this tablet', () => acts.drop(item))
  return drawn
}

// Why they do not work, as the sheet says it; nothing of whoever is gone or did not come.
function saysHeld (person, { came }) {
  return { expected: person.held, here: person.held_here }[came] ?? ''
}

function drawDisagreement (one, acts) {
  const drawn = draw('disagree', one)
  drawn.setAttribute('aria-label', find('h2', drawn).textContent)
  for (const choice of drawn.querySelectorAll('[data-choose]')) {
    choice.addEventListener('click', () => acts.choose(one, choice.dataset.choose === 'sent'))
  }
  return drawn
}

// One press of a row: here now, or not here after all. A note that was written stays.
function pressed (kept, said, came) {
  const arrived = came === 'here' ? arrivedNow(kept.pack) : null
  return { ...BEGUN, note: said.note, sensitive: said.sensitive, came, arrived_at: arrived, left_at: null }
}

// The form for what is said of somebody next; `begun`: what was typed in it and not kept.
export function drawWorked (kept, row, { keep, begun }) {
  const { said, item } = standing(kept, row)
  const absent = said.came === 'expected'
  const form = draw('worked', {
    stands: `${item ? sayStanding(said, kept.pack) : row.stands}.`,
    absent,
    button: { expected: 'They did not come', here: 'Save and next' }[said.came] ?? 'Put it right'
  })
  const { choices, tasks } = kept.pack
  const ends = Object.entries(CAME).filter(([came]) => (absent ? ['not_come'] : said.came === 'here' ? ENDINGS : [...ENDINGS, 'not_come']).includes(came))
  options(find('[data-options=came]', form), 'came', ends.map(([came, [words]]) => [came, words]))
  options(find('[data-options=outcome]', form), 'outcome', [['', 'Not known: their officer rings today and decides'], ...choices.reasons])
  options(find('[data-options=task]', form), 'task', [...tasks.map(task => [task, task]), [OTHER, 'Something else']])
  options(find('[data-options=quality]', form), 'quality', choices.grades)
  options(find('[data-options=behaviour]', form), 'behaviour', choices.grades)
  options(find('[data-options=skills]', form), 'skills', choices.skills, 'checkbox')
  put(form, begun ?? beginsWith(kept, said, absent))
  find('[data-ask=skills]', form).open = typed(form).skills !== undefined
  if (row.said.sensitive) form.elements.sensitive.disabled = form.elements.sensitive.checked = true
  const ask = () => showAsked(form, choices, absent)
  form.addEventListener('change', ask)
  ask()
  form.addEventListener('submit', event => {
    event.preventDefault()
    const problems = wrongWith(form, kept.pack)
    showProblems(form, problems)
    if (!problems.length) keep(saidOn(form, kept.pack, row))
  })
  return form
}

function beginsWith (kept, said, absent) {
  if (absent) return { came: 'not_come', outcome: '' }
  const leaves = said.came === 'here'
  const task = said.task || kept.usualTask || kept.pack.usual_task
  const listed = !task || kept.pack.tasks.includes(task)
  return {
    ...said,
    came: leaves ? 'left' : chosen(said),
    hi_vis: (leaves ? kept.pack.hi_vis : said.hi_vis) ? 'yes' : '',
    intensive: said.intensive ? 'yes' : '',
    sensitive: said.sensitive ? 'yes' : '',
    arrived_at: said.arrived_at ? clock(said.arrived_at) : '',
    left_at: leaves ? leavesNow(kept.pack) : said.left_at ? clock(said.left_at) : '',
    break_minutes: said.break_minutes || '',
    penalty_minutes: said.penalty_minutes || '',
    task: listed ? task : OTHER,
    task_other: listed ? '' : task
  }
}

function showAsked (form, { reasons }, absent) {
  const { came, task } = typed(form)
  const ask = (name, shown) => show(find(`[data-ask=${name}]`, form), shown)
  const worked = came !== 'not_come'
  ask('came', !absent)
  ask('outcome', !worked && reasons.length > 0)
  for (const name of ['task', 'times', 'kit', 'skills']) ask(name, worked)
  for (const name of ['quality', 'behaviour']) ask(name, worked && came !== 'no_work')
  ask('task_other', worked && task === OTHER)
}

// What the service would refuse, as far as the tablet can tell: it says so now and not in the evening.
function wrongWith (form, pack) {
  const given = typed(form)
  const found = []
  if (given.came === 'not_come') return found
  const taskless = !given.task || (given.task === OTHER && !given.task_other.trim())
  const left = ['left', 'left_early'].includes(given.came)
  if (left && taskless) found.push(['task', 'Say what they did: it is what the court and the person are told'])
  if (left && !given.quality) found.push(['quality', 'Say how they worked'])
  if (given.came !== 'no_work' && !given.behaviour) found.push(['behaviour', 'Say how they behaved'])
  if (!given.arrived_at) found.push(['arrived_at', 'Say when they arrived'])
  if (!given.left_at) found.push(['left_at', 'Say when they left'])
  else if (given.left_at < given.arrived_at || (given.left_at === given.arrived_at && given.came !== 'no_work')) found.push(['left_at', 'They left after they arrived. Look at both times'])
  for (const name of ['break_minutes', 'penalty_minutes']) if (!/^\d*$/.test(given[name].trim())) found.push([name, 'Minutes are a number, such as 30'])
  const there = (new Date(onDay(pack, given.left_at)) - new Date(onDay(pack, given.arrived_at))) / 60000
  if (there >= 0 && Number(given.break_minutes) > there) found.push(['break_minutes', 'The break is longer than they were there'])
  if (given.came === 'left_early' && given.left_at >= clock(pack.ends_at)) found.push(['left_at', 'Say when before the end they left'])
  if (given.came === 'left_early' && !given.note.trim()) found.push(['note', 'Say how they left and what was said, for the officer who decides what it comes to'])
  if (given.came === 'sent_home' && !given.note.trim()) found.push(['note', 'Say what they did, for the officer who decides what it comes to'])
  return found
}

function saidOn (form, pack, row) {
  const given = typed(form)
  const common = { ...BEGUN, came: given.came, note: given.note.trim(), sensitive: given.sensitive === 'yes' || row.said.sensitive }
  if (given.came === 'not_come') return { ...common, outcome: given.outcome ?? '', arrived_at: null, left_at: null }
  const graded = given.came !== 'no_work'
  const ended = given.came === 'left_early' ? { came: 'left', outcome: WITHOUT_LEAVE } : {}
  return {
    ...common,
    ...ended,
    arrived_at: onDay(pack, given.arrived_at),
    left_at: onDay(pack, given.left_at),
    break_minutes: Number(given.break_minutes),
    penalty_minutes: Number(given.penalty_minutes),
    task: given.task === OTHER ? given.task_other.trim() : given.task ?? '',
    quality: graded ? given.quality ?? '' : '',
    behaviour: graded ? given.behaviour ?? '' : '',
    skills: given.skills ?? [],
    hi_vis: given.hi_vis === 'yes',
    intensive: given.intensive === 'yes'
  }
}
