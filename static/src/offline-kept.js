// One session as it is open on this tablet: the sheet, what was said and is not sent, and the form that is not
// finished. Each change is encrypted and on the disk before anybody is told that it is kept.
import { eraseSheet, names, read, remove, unsent, write } from './offline-store.js'
import { seal, unseal } from './offline-vault.js'

export async function openKept (lock, key) {
  const kept = new Kept(lock, key)
  await kept.load()
  return kept
}

class Kept {
  #last = Promise.resolve()

  constructor (lock, key) {
    Object.assign(this, { lock, key, session: lock.session, pack: null, said: new Map(), half: null, usualTask: '' })
  }

  async load () {
    this.pack = await this.#open(`sheet/${this.session}`)
    this.half = await this.#open(`half/${this.session}`)
    for (const name of await names(`said/${this.session}/`)) {
      const item = await this.#open(name)
      this.said.set(item.key, item)
    }
  }

  async #open (name) {
    const record = await read(name)
    return record ? unseal(this.key, name, record) : null
  }

  #name (item) {
    return `said/${this.session}/${item.key}`
  }

  // One change after another, as they are asked for: encrypting takes its time, and of two that go at once the first
  // could be the last on the disk. What goes wrong is told to whoever asked for that change, and holds up no other.
  #inTurn (change) {
    this.#last = this.#last.then(change, change)
    return this.#last
  }

  // The sheet as it is by now; its 24 hours begin again, because we have just had it.
  take (pack) {
    return this.#inTurn(async () => {
      const name = `sheet/${this.session}`
      const lock = { ...this.lock, until: Date.parse(pack.until) - Date.parse(pack.now) + Date.now() }
      await write({ [name]: await seal(this.key, name, pack), [`lock/${this.session}`]: lock })
      this.lock = lock
      this.pack = pack
    })
  }

  // Something said; what it takes the place of, and the form it was typed in, go at the same moment.
  say (item, replaced) {
    return this.#inTurn(async () => {
      const name = this.#name(item)
      const record = await seal(this.key, name, item)
      await write({ [name]: record }, [`half/${this.session}`, ...(replaced ? [this.#name(replaced)] : [])])
      if (replaced) this.said.delete(replaced.key)
      this.said.set(item.key, item)
      this.half = null
    })
  }

  // The service has these, and will not take those. What was said anew meanwhile is another item, and stays.
  settle (gone, changed = []) {
    return this.#inTurn(async () => {
      const still = changed.filter(item => this.said.has(item.key))
      const records = {}
      for (const item of still) records[this.#name(item)] = await seal(this.key, this.#name(item), item)
      await write(records, gone.map(item => this.#name(item)))
      for (const item of gone) this.said.delete(item.key)
      for (const item of still) this.said.set(item.key, item)
    })
  }

  halfDone (half) {
    return this.#inTurn(async () => {
      const name = `half/${this.session}`
      if (half) await write({ [name]: await seal(this.key, name, half) })
      else await remove([name])
      this.half = half
    })
  }

  // What the register says after sending; `written`: of those the register says what was said here.
  hear (register, written) {
    return this.#inTurn(async () => {
      if (!this.pack) return
      this.pack.disagree = register.disagree
      for (const row of this.pack.rows) {
        const now = register.rows.find(one => one.attendance === row.attendance)
        const item = written.find(one => one.attendance === row.attendance)
        if (now) Object.assign(row, { version: now.version, stands: now.stands })
        if (item) row.said = item.sent
      }
      const name = `sheet/${this.session}`
      await write({ [name]: await seal(this.key, name, this.pack) })
    })
  }

  eraseSheet () {
    return this.#inTurn(async () => {
      await eraseSheet(this.session)
      this.pack = null
      return unsent(this.session)
    })
  }
}
