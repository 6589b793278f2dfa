// Encrypts what is kept on the tablet. The key is made from the PIN, cannot be taken out of the browser, and is in
// memory alone: without the PIN nothing is read, and nobody can give it back.
import { eraseSheet, read, write } from './offline-store.js'

const ROUNDS = 600000
const MOST_TRIES = 10
const PROOF = 'proof'
const TOO_MANY = 'That is not the PIN, for the tenth time. The day sheet has been erased from this tablet. Go on with the paper one, and ring the coordinator. What was said here and not sent is still kept: the right PIN opens it.'
const bytes = words => new TextEncoder().encode(words)

async function keyFrom (pin, { salt, rounds }) {
  const raw = await crypto.subtle.importKey('raw', bytes(pin), 'PBKDF2', false, ['deriveKey'])
  const how = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: rounds }
  return crypto.subtle.deriveKey(how, raw, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt'])
}

// The name is signed with it, so that no record can be put in the place of another.
export async function seal (key, name, value) {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const how = { name: 'AES-GCM', iv, additionalData: bytes(name) }
  return { iv, sealed: await crypto.subtle.encrypt(how, key, bytes(JSON.stringify(value))) }
}

export async function unseal (key, name, { iv, sealed }) {
  const how = { name: 'AES-GCM', iv, additionalData: bytes(name) }
  return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, sealed)))
}

// A lock for one session, and its key. `facts`: what may be read of it without the PIN.
export async function newLock (pin, facts) {
  const lock = { ...facts, salt: crypto.getRandomValues(new Uint8Array(16)), rounds: ROUNDS, device: crypto.randomUUID(), tries: 0, waits: 0 }
  const key = await keyFrom(pin, lock)
  lock.proof = await seal(key, PROOF, PROOF)
  return { lock, key }
}

// Milliseconds until another PIN may be tried: none at first, then twice as long each time.
export function waitAfter (tries) {
  if (tries < 3) return 0
  return Math.min(2 ** (tries - 2), 300) * 1000
}

// The key; or why there is none, in words. After ten wrong ones the sheet is gone (`erased`), and what was said is not.
export async function tryPin (session, pin, now = Date.now()) {
  const name = `lock/${session}`
  const lock = await read(name)
  const left = lock.waits - now
  // A clock that was put back must not shut anybody out for longer than the wait itself
  if (left > 0 && left <= waitAfter(lock.tries)) return { problem: `Wait ${say(left)}, then try again.` }
  const key = await keyFrom(pin, lock)
  try {
    await unseal(key, PROOF, lock.proof)
  } catch {
    return missed(name, lock, now)
  }
  if (lock.tries) await write({ [name]: { ...lock, tries: 0, waits: 0 } })
  return { key }
}

async function missed (name, lock, now) {
  const tries = lock.tries + 1
  const wait = waitAfter(tries)
  await write({ [name]: { ...lock, tries, waits: now + wait } })
  if (tries >= MOST_TRIES) {
    await eraseSheet(lock.session)
    return { erased: true, problem: TOO_MANY }
  }
  const then = wait ? ` Wait ${say(wait)} before you try again.` : ''
  return { problem: `That is not the PIN. ${MOST_TRIES - tries} more and the day sheet is erased from this tablet.${then}` }
}

function say (milliseconds) {
  const seconds = Math.ceil(milliseconds / 1000)
  return seconds < 60 ? `${seconds} second${seconds === 1 ? '' : 's'}` : `${Math.ceil(seconds / 60)} minute${seconds > 60 ? 's' : ''}`
}
