// The service worker of one page: it keeps that page and its files, so that they open without a network, and nothing
// else. No answer that says anything of anybody passes through it. `self.kept`: what to keep, from the service.
const OURS = 'work-offline-'
const CACHE = `${OURS}${self.kept.version}`
const FILES = [self.kept.page, ...self.kept.files]

async function fetchAll () {
  const cache = await caches.open(CACHE)
  await Promise.all(FILES.map(async file => {
    const answer = await fetch(file, { cache: 'reload', credentials: 'same-origin' })
    // Signed out, the page leads to signing in: that is not what is to be kept
    if (!answer.ok || answer.redirected) throw new Error(`${file} cannot be had`)
    await cache.put(file, answer)
  }))
}

async function forgetOlder () {
  for (const name of await caches.keys()) {
    if (name.startsWith(OURS) && name !== CACHE) await caches.delete(name)
  }
}

// A sheet that has been here for its 24 hours goes whenever this worker wakes; what was said here stays.
function eraseOld () {
  return new Promise(resolve => {
    const asked = indexedDB.open('work-offline')
    asked.onupgradeneeded = () => asked.transaction.abort()
    asked.onerror = () => resolve()
    asked.onsuccess = () => {
      const store = asked.result.transaction('kept', 'readwrite').objectStore('kept')
      store.transaction.oncomplete = () => { asked.result.close(); resolve() }
      store.getAll(IDBKeyRange.bound('lock/', 'lock/\uffff')).onsuccess = event => {
        for (const lock of event.target.result) if (lock.until <= Date.now()) store.delete(`sheet/${lock.session}`)
      }
    }
  })
}

self.addEventListener('install', event => {
  event.waitUntil(fetchAll().then(() => self.skipWaiting()))
})

self.addEventListener('activate', event => {
  event.waitUntil(Promise.all([forgetOlder(), eraseOld(), self.clients.claim()]))
})

self.addEventListener('fetch', event => {
  const { request } = event
  const address = new URL(request.url)
  if (request.method !== 'GET' || address.origin !== self.location.origin || !FILES.includes(address.pathname)) return
  if (request.mode === 'navigate') event.waitUntil(eraseOld())
  event.respondWith(caches.open(CACHE).then(cache => cache.match(address.pathname)).then(kept => kept ?? fetch(request)))
})
