// Identifiers that somebody typed where a random one belongs: two who type get the same one.

/**
 * Whether an identifier has the look of a placeholder: counting up, the same sign again and again, or letters and
 * digits by turns that both count. Words and short numbers are names that somebody chose, and not meant here.
 */
export function looksTyped(id: string): boolean {
  if (!/^[0-9a-f]{8,}$/.test(id)) return false
  // The next one is often made by changing the last sign alone.
  const woven = isWoven(id) || (id.length > 9 && isWoven(id.slice(0, -1)))
  return isRepeated(id) || isCounting([...id]) || woven || isWords(id) || isRepeated(pairsApart(id))
}

/** `aaaaaaaaaaaa`, `abababababab`, `123412341234`. */
function isRepeated(text: string): boolean {
  return [1, 2, 3, 4].some(
    (period) => text.length >= 3 * period && [...text].every((sign, at) => at < period || sign === text[at - period]),
  )
}

/** `123456789abc`, `0123456789ab`, `fedcba987654`: each sign the next or the one before, around the end. */
function isCounting(signs: readonly string[]): boolean {
  const values = signs.map((sign) => Number.parseInt(sign, 16))
  const steps = values.slice(1).map((value, at) => (value - (values[at] ?? 0) + 16) % 16)
  const decimal = values.slice(1).map((value, at) => (value - (values[at] ?? 0) + 10) % 10)
  return [steps, decimal].some((list) => list.every((step) => step === list[0]) && list[0] !== 0)
}

/** `a1b2c3d4e5f6`, `abc123def456`: its letters count and its digits too; `a1b1c1d1e1f1`: one of both stays the same. */
function isWoven(id: string): boolean {
  const letters = [...id].filter((sign) => /[a-f]/.test(sign))
  const digits = [...id].filter((sign) => /\d/.test(sign))
  if (letters.length === 0 || digits.length === 0) return false
  const [lettersCount, digitsCount] = [counts(letters), counts(digits)]
  return (lettersCount && (digitsCount || isSame(digits))) || (digitsCount && isSame(letters))
}

function isSame(signs: readonly string[]): boolean {
  return signs.length > 1 && new Set(signs).size === 1
}

/** `deadbeefcafe`. */
function isWords(id: string): boolean {
  return /^(?:dead|beef|cafe|babe|face|fade|feed|f00d|c0de|c0ffee|decade|facade|0000|1234|abcd)+$/.test(id)
}

/** Letters that go on from a to f and begin again, digits that go on from 0 to 9 and begin again. */
function counts(signs: readonly string[]): boolean {
  const letters = signs.every((sign) => /[a-f]/.test(sign))
  const digits = signs.every((sign) => /\d/.test(sign))
  if (!letters && !digits) return false
  const around = letters ? 6 : 10
  const values = signs.map((sign) => (letters ? sign.charCodeAt(0) - 97 : Number(sign)))
  const steps = values.slice(1).map((value, at) => (value - (values[at] ?? 0) + around) % around)
  return steps.every((step) => step === 1) || steps.every((step) => step === around - 1)
}

/** `112233445566`: each sign twice. */
function pairsApart(id: string): string {
  const halves = id.match(/(.)\1/g) ?? []
  const once = halves.map((pair) => pair[0]).join('')
  return halves.length * 2 === id.length && isCounting([...once]) ? 'aaa' : ''
}
