// Times of day in London, whatever zone the tablet is set to, as every screen writes them.
const CLOCK = new Intl.DateTimeFormat('en-GB', { timeZone: 'Europe/London', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' })
const ABOUT = 5 * 60 * 1000 // by which a clock may differ

// "09:05", as a box for a time takes it.
export function clock (moment) {
  return CLOCK.format(new Date(moment))
}

// "9:05am", "midday".
export function sayTime (moment) {
  const [hour, minute] = clock(moment).split(':').map(Number)
  if (hour === 12 && minute === 0) return 'midday'
  const minutes = minute ? `:${String(minute).padStart(2, '0')}` : ''
  return `${hour % 12 || 12}${minutes}${hour >= 12 ? 'pm' : 'am'}`
}

// A time of the day of the session as a moment with its zone; null where there is none.
export function onDay (pack, time) {
  const zone = /(Z|[+-]\d\d:\d\d)$/.exec(pack.starts_at)[0]
  return time ? `${pack.sheet.on}T${time}:00${zone}` : null
}

// Now, or the beginning of the session where that is later or its day is over: when somebody who is here arrived.
export function arrivedNow (pack, now = new Date()) {
  const within = now > new Date(pack.starts_at) && now < new Date(pack.ends_at)
  return within ? onDay(pack, clock(now)) : pack.starts_at
}

export function leavesNow (pack, now = new Date()) {
  const within = now > new Date(pack.starts_at) && now < new Date(pack.ends_at)
  return clock(within ? now : pack.ends_at)
}

// How wrong the clock of the tablet is against ours, in words; blank where it is right.
export function saySkew (ours, here = Date.now()) {
  const slow = new Date(ours) - here
  if (Math.abs(slow) <= ABOUT) return ''
  const minutes = Math.floor(Math.abs(slow) / 60000)
  const hours = Math.floor(minutes / 60)
  return `${hours ? `${hours} h ` : ''}${minutes % 60} min ${slow > 0 ? 'slow' : 'fast'}`
}
