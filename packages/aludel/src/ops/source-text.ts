// Pieces of TypeScript as text.

export function indent(text: string): string {
  return text.replace(/^(?=.)/gm, '  ')
}

/** A text in single quotes. */
export function printText(value: string): string {
  const inner = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner}'`
}

export function printKey(key: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printText(key)
}
