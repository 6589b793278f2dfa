// Reporting what happened, nearly happened or was told us, without a network: kept, and passed on once it is sent.
import { choices, draw, find, options, put, show, showProblems, typed } from './offline-draw.js'

export function drawReport (kept, { keep, begun }) {
  const form = draw('report')
  const { kinds, matters, relations } = kept.pack.choices
  const people = kept.pack.rows.map(row => [row.attendance, kept.pack.sheet.people.find(person => person.place === row.attendance).name])
  options(find('[data-options=kind]', form), 'kind', kinds)
  options(find('[data-options=matter]', form), 'matter', matters)
  options(find('[data-options=harm]', form), 'harm', [['yes', 'Yes'], ['no', 'No']])
  choices(form.elements.about, [['', 'Nobody in particular: it is about the site'], ...people])
  choices(form.elements.other, [['', 'Nobody else'], ...people])
  choices(form.elements.relation, [['', 'Choose'], ...relations])
  put(form, begun ?? {})
  const ask = () => {
    const given = typed(form)
    show(find('[data-ask=matter]', form), given.kind === 'disclosure')
    show(find('[data-ask=other]', form), given.about)
    show(find('[data-ask=relation]', form), given.about && given.other)
  }
  form.addEventListener('change', ask)
  ask()
  form.addEventListener('submit', event => {
    event.preventDefault()
    const problems = wrongWith(typed(form))
    showProblems(form, problems)
    if (!problems.length) keep(saidOn(typed(form)))
  })
  return form
}

function wrongWith (given) {
  const found = []
  if (!given.kind) found.push(['kind', 'Say what kind of thing happened'])
  if (given.kind === 'disclosure' && !given.matter) found.push(['matter', 'Say what it is about'])
  if (given.kind === 'disclosure' && !given.about) found.push(['about', 'Say who told you: their officer must hear of it'])
  if (!given.words.trim()) found.push(['words', 'Say what happened, or what was said, as nearly as you can'])
  if (!given.harm) found.push(['harm', 'Say whether somebody could be hurt'])
  if (given.about && given.other === given.about) found.push(['other', 'The other person is somebody else than whom it is about'])
  if (given.about && given.other && !given.relation) found.push(['relation', 'Say what the first did to the other'])
  return found
}

function saidOn (given) {
  const others = given.about && given.other ? [{ attendance: Number(given.other), relation: given.relation }] : []
  return {
    kind: given.kind,
    matter: given.kind === 'disclosure' ? given.matter : '',
    about: given.about ? Number(given.about) : null,
    words: given.words.trim(),
    harm: given.harm === 'yes',
    others
  }
}
