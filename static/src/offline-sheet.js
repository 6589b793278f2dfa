// The day sheet as it was taken along: the site once, and of each person no more than a screen.
import { draw, find } from './offline-draw.js'

export function isRead (kept, person) {
  return person.acknowledged || kept.said.has(`read-${person.place}`)
}

export function toRead (kept) {
  return kept.pack.sheet.people.filter(person => !isRead(kept, person))
}

// Whose part is still to be read, by name, and of whom it is for the second time.
export function sayToRead (kept) {
  return toRead(kept).map(person => `${person.masked ? 'Limited access' : person.name}${person.changed ? ' (changed since you read it)' : ''}`).join(', ')
}

export function drawSheet (kept, read) {
  const { sheet } = kept.pack
  const left = toRead(kept).length
  const screen = draw('sheet', {
    left: left ? `${left} ${left === 1 ? 'person' : 'people'}` : '',
    all: sheet.people.length && !left,
    nobody: !sheet.people.length,
    where: sheet.where,
    site: [
      ...sheet.hazards.map(one => ({ label: one.hazard, words: one.control })),
      { label: 'First aid', words: sheet.first_aid || 'Not recorded. Ask the coordinator before work starts.' },
      { label: 'Being reached', words: sheet.reached }
    ]
  })
  find('[data-people]', screen).append(...sheet.people.map(person => drawPerson(kept, person, read)))
  return screen
}

function drawPerson (kept, person, read) {
  const done = isRead(kept, person)
  const card = draw('person', {
    ...person,
    name: person.masked ? 'Limited access' : person.name,
    facts: person.masked ? '' : `${person.crn}. ${person.hours_left}. ${person.comes}`,
    ask: person.masked ? `Ask ${person.ask} before they arrive.` : '',
    do: person.do.map(step => ({ do: step.do, ring: `Ring ${step.ring}` })),
    health: person.health.map(note => `${note.label}: ${note.words}`),
    silent: !person.masked && !person.held && !person.must_not.length && !person.watch_for.length && !person.do.length,
    again: !done && person.changed,
    read: done,
    unread: !done
  })
  card.id = `place-${person.place}`
  find('[data-read]', card)?.addEventListener('click', () => read(person))
  return card
}
