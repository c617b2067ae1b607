// A document as JSON, also where it holds what JSON has no word for.

export function jsonText(document: unknown): string {
  return JSON.stringify(document, plain, 2)
}

/** In a form that can be read back. */
function plain(_key: string, value: unknown): unknown {
  if (typeof value === 'bigint') return value.toString()
  if (typeof value === 'function') return String(value)
  return value instanceof Uint8Array ? Buffer.from(value).toString('hex') : value
}
