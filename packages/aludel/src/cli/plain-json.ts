// What JSON has no word for, in a form that can be read back: the replacer of every document that is printed.

export function plainJson(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function') return String(value)
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}
