// Sends what was said without a network, each thing once by its key: first that the sheet was read, then the register,
// then what was reported; and fetches the sheet anew. What the service does not take stays on the tablet with why.
const PATIENCE = 20 * 1000
const GONE = 'This session is not yours any more, or they are not on it. Ring the coordinator, who writes it on the register.'

// Why nothing could be sent: no network, or nobody signed in, or somebody else.
export class Unreached extends Error {}
export class SignedOut extends Unreached {}
export class Another extends Unreached {}

async function ask (address, token, body) {
  let answer, given
  try {
    answer = await fetch(address, {
      method: body ? 'POST' : 'GET',
      headers: body ? { 'Content-Type': 'application/json', 'X-CSRFToken': token } : {},
      body: body && JSON.stringify(body),
      credentials: 'same-origin',
      redirect: 'manual', // whoever is not signed in is led to signing in
      cache: 'no-store',
      signal: AbortSignal.timeout(PATIENCE)
    })
    if (answer.status === 204) return { status: 204 }
    if (answer.type !== 'opaqueredirect' && answer.status !== 401) given = await answer.json()
  } catch {
    throw new Unreached()
  }
  if (!given) throw new SignedOut()
  if (answer.status >= 500) throw new Unreached()
  return { status: answer.status, given, taken: answer.ok }
}

// Talks to the service about one session. Throws where it cannot be reached, or not by this reader.
export async function begin (addresses, lock) {
  const { given, taken } = await ask(addresses.pass)
  if (!taken || given.user !== lock.user) throw new Another()
  const at = name => addresses[name].replace('/0/', `/${lock.session}/`)
  return {
    get: name => ask(at(name)),
    post: (name, body) => ask(at(name), given.token, body)
  }
}

// Returns what the reader must hear of it, a sentence each.
export async function sendAll (service, kept) {
  const told = []
  const of = what => [...kept.said.values()].filter(one => one.what === what)
  for (const item of of('read')) told.push(await sendRead(service, kept, item))
  if (of('row').length) told.push(...await sendRows(service, kept, of('row')))
  for (const item of of('report')) await sendReport(service, kept, item)
  return told.filter(Boolean)
}

async function sendRead (service, kept, item) {
  const { taken, given } = await service.post('read', { place: item.place, digest: item.digest })
  await kept.settle([item])
  return taken ? '' : `${item.name}: ${given.detail}`
}

async function sendRows (service, kept, items) {
  const sentAt = new Date().toISOString()
  const { taken, given } = await service.post('sync', {
    items: items.map(({ key, said_at, attendance, seen, sent }) => ({
      key, said_at, device: kept.lock.device, sent: { ...sent, attendance, seen, sent_at: sentAt }
    }))
  })
  if (!taken) {
    await kept.settle([], items.map(item => ({ ...item, refused: given.status === 404 ? GONE : given.detail })))
    return []
  }
  const came = new Map(given.items.map(one => [one.key, one]))
  const of = state => items.filter(item => came.get(item.key).state === state)
  const refused = of('refused')
  await kept.settle(items.filter(item => !refused.includes(item)), refused.map(item => ({ ...item, refused: came.get(item.key).because })))
  await kept.hear(given.register, of('written'))
  return of('conflict').map(item => `${item.name}: what you said does not agree with the register. Both are kept until somebody chooses.`)
}

async function sendReport (service, kept, item) {
  const { taken, given } = await service.post('report', { ...item.body, key: item.key, said_at: item.said_at })
  if (taken) await kept.settle([item])
  else await kept.settle([], [{ ...item, refused: given.status === 404 ? GONE : given.detail }])
}
