// Pieces of TypeScript as text.

// Where code goes on, and where a template literal does: quotes inside a template are no strings.
const inCode = /'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|\/\/[^\n]*|\/\*[\s\S]*?\*\/|[`{}\n]/g
const inTemplate = /\\[\s\S]|\$\{|`/g

/** The text with every line two spaces further in, except the lines of a template literal, which are data. */
export function indent(text: string): string {
  const open: string[] = []
  let indented = ''
  let at = 0
  const line = (from: number) => (from < text.length && text[from] !== '\n' ? '  ' : '')
  indented += line(0)
  for (;;) {
    const pattern = open.at(-1) === '`' ? inTemplate : inCode
    pattern.lastIndex = at
    const [found] = pattern.exec(text) ?? []
    if (found === undefined) return indented + text.slice(at)
    indented += text.slice(at, pattern.lastIndex)
    at = pattern.lastIndex
    if (found === '\n') indented += line(at)
    else if (found === '`' && open.at(-1) === '`') open.pop()
    else if (found === '`' || found === '{' || found === '${') open.push(found)
    else if (found === '}') open.pop()
  }
}

/** A text in single quotes. */
export function printText(value: string): string {
  const inner = JSON.stringify(value).slice(1, -1).replaceAll('\\"', '"').replaceAll("'", "\\'")
  return `'${inner}'`
}

/** The inside of a template literal that reads back as the text; its lines stay lines. */
export function templateText(value: string): string {
  return value
    .replace(/[\\`]|\$(?=\{)/g, (found) => `\\${found}`)
    .replace(unprintable, (found) => `\\u${found.charCodeAt(0).toString(16).padStart(4, '0')}`)
}

// Control characters but tab and new line, and halves of a pair, which a file in UTF-8 cannot hold.
const unprintable = /(?![\t\n])\p{Cc}|[\u2028\u2029\uFEFF]|\p{Cs}/gu

export function printKey(key: string): string {
  // Written plainly it would set the prototype of the object.
  if (key === '__proto__') return "['__proto__']"
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : printText(key)
}
