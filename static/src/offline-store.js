// What is kept on this tablet for a day without a network. All but the locks is encrypted (offline-vault.js):
// lock/41  salt, proof of the PIN and when it is to be erased    sheet/41  the day sheet and register
// said/41/KEY  something that was said and is not sent yet       half/41   a form that is not finished
// What was said outlives the sheet: it is removed once the service has it, and by nothing else.
const NAME = 'work-offline'
const KEPT = 'kept'
const CACHES = 'work-offline-'

export class Full extends Error {}

let opening

function open () {
  opening ??= new Promise((resolve, reject) => {
    const asked = indexedDB.open(NAME, 1)
    asked.onupgradeneeded = () => asked.result.createObjectStore(KEPT)
    asked.onerror = () => reject(asked.error)
    asked.onsuccess = () => {
      const base = asked.result
      base.onversionchange = () => { base.close(); opening = undefined }
      base.onclose = () => { opening = undefined }
      resolve(base)
    }
  })
  return opening
}

// Resolves once it is on the disk, so that "kept" is said of nothing that a flat battery could take.
async function turn (mode, act) {
  const base = await open()
  return new Promise((resolve, reject) => {
    const work = base.transaction(KEPT, mode, { durability: 'strict' })
    const fail = problem => reject(problem?.name === 'QuotaExceededError' ? new Full() : problem)
    let asked
    work.oncomplete = () => resolve(asked?.result)
    work.onabort = () => fail(work.error)
    try {
      asked = act(work.objectStore(KEPT))
    } catch (problem) {
      fail(problem)
      work.abort()
    }
  })
}

export function read (name) {
  return turn('readonly', store => store.get(name))
}

// All of it or nothing. `without`: names of records that go at the same moment.
export function write (records, without = []) {
  return turn('readwrite', store => {
    for (const name of without) store.delete(name)
    for (const [name, value] of Object.entries(records)) store.put(value, name)
  })
}

export function names (beginning = '') {
  return turn('readonly', store => store.getAllKeys(IDBKeyRange.bound(beginning, `${beginning}\uffff`)))
}

export function remove (gone) {
  return turn('readwrite', store => { for (const name of gone) store.delete(name) })
}

// How much was said here and is not sent, of one session or of all.
export async function unsent (session = '') {
  const found = await names()
  const of = session ? new RegExp(`^(said|half)/${session}(/|$)`) : /^(said|half)\//
  return found.filter(name => of.test(name)).length
}

export async function locks () {
  return Promise.all((await names('lock/')).map(read))
}

// The sheet goes; and the lock with it, unless something waits that only its PIN opens.
export async function eraseSheet (session) {
  const waits = await unsent(session)
  await remove([`sheet/${session}`, ...(waits ? [] : [`lock/${session}`])])
}

export async function eraseOld (now = Date.now()) {
  for (const lock of await locks()) if (lock.until <= now) await eraseSheet(lock.session)
}

// Every sheet, and the page without a network unless something waits that must be opened by it.
export async function eraseAll () {
  for (const lock of await locks()) await eraseSheet(lock.session)
  if (await unsent()) return
  const base = await open()
  base.close()
  opening = undefined
  indexedDB.deleteDatabase(NAME)
  for (const name of await caches.keys()) if (name.startsWith(CACHES)) await caches.delete(name)
  const worker = await navigator.serviceWorker?.getRegistration('/unpaid-work/offline/')
  await worker?.unregister()
}

export async function isKept () {
  const bases = await indexedDB.databases?.()
  return bases ? bases.some(base => base.name === NAME) : true
}
