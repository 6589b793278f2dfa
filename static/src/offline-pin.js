// Which PINs are too easily guessed by whoever finds a tablet.
const SHORTEST = 6
const LONGEST = 20

// What is wrong with it, in words; blank where nothing is.
export function wrongWith (pin) {
  if (!/^\d*$/.test(pin)) return 'Use digits only.'
  if (pin.length < SHORTEST) return `Use ${SHORTEST} digits or more.`
  if (pin.length > LONGEST) return `Use ${LONGEST} digits or fewer.`
  if (repeats(pin)) return 'That repeats itself, so it is tried first. Choose another.'
  if (runs(pin)) return 'Digits in a row are tried first. Choose another.'
  if (isDay(pin)) return 'That can be read as a date, and dates are tried first. Choose another.'
  return ''
}

function repeats (pin) {
  if (new Set(pin).size < 3) return true
  for (let length = 1; length <= pin.length / 2; length++) {
    if (pin.length % length === 0 && pin === pin.slice(0, length).repeat(pin.length / length)) return true
  }
  return false
}

function runs (pin) {
  const steps = new Set([...pin].slice(1).map((digit, at) => (Number(digit) - Number(pin[at]) + 10) % 10))
  return steps.size === 1
}

function isDay (pin) {
  const [first, second, third] = [pin.slice(0, 2), pin.slice(2, 4), pin.slice(4, 6)].map(Number)
  const whole = pin.length === 8 && /^(19|20)/.test(pin.slice(4)) && (valid(first, second) || valid(second, first))
  const turned = pin.length === 8 && /^(19|20)/.test(pin) && valid(Number(pin.slice(6)), third)
  return whole || turned || (pin.length === 6 && (valid(first, second) || valid(third, second)))
}

function valid (day, month) {
  return day >= 1 && day <= 31 && month >= 1 && month <= 12
}
