// A revision file that needs no parser to be run: simple imports and exports, and at most one typed parameter. In doubt, null.

export interface PlainSource {
  /** A function's body that returns the exports; every line stays on its line. */
  readonly code: string
  /** The modules that it imports values from. */
  readonly imports: readonly string[]
}

// What begins none of the tokens below. `<` may begin a type, `@` a decorator, `#` a first line for the shell, and `/` may
// begin a regular expression; a word beyond ASCII or with an escape is somebody else's business too.
const unremarkable = /(?:[^\w$'"`/<@#\\\u0080-\uFFFF]+|(?!(?:import|export|await)(?![\w$]))[\w$]+)+/y
const comment = /\/\/[^\r\n\u2028\u2029]*|\/\*[^*]*\*+(?:[^*/][^*]*\*+)*\//y
const text = /'(?:[^'\\\r\n]|\\[^\r\n])*'|"(?:[^"\\\r\n]|\\[^\r\n])*"|`(?:[^`\\$]|\\[^\r\n]|\$(?!\{))*`/y

const importing = /import\s*(type\b\s*)?\{([\w$\s,]*)\}\s*from\s*(?:'([\w@./:-]*)'|"([\w@./:-]*)")[ \t]*;?/y
const exportingFrom = /export\s*\{([\w$\s,]*)\}\s*from\s*(?:'([\w@./:-]*)'|"([\w@./:-]*)")[ \t]*;?/y
const literal = String.raw`(?:null|'[^'\\\r\n]*'|"[^"\\\r\n]*")`
const exportedConstant = new RegExp(
  String.raw`export[ \t]+(const[ \t]+([\w$]+)[ \t]*=[ \t]*(?:${literal}|\[(?:\s*${literal}\s*,?)*\])[ \t]*(?:;|(?=[\r\n])(?!\s*,)))`,
  'y',
)
const exportedFunction = /export[ \t]+((?:async[ \t]+)?function[ \t]+([\w$]+)[ \t]*)/y
const typedParameter = /\(([\w$]+):[ \t]*[\w$]+\)(?:[ \t]*:[ \t]*void)?(?=[ \t]*\{)/y
const item = /^(type\s+)?([\w$]+)(?:\s+as\s+([\w$]+))?$/

interface Scan {
  readonly source: string
  at: number
  readonly head: string[]
  readonly body: string[]
  readonly imports: string[]
  /** What the module exports: by its name, the expression that gives it. */
  readonly exports: Map<string, string>
}

/**
 * The body of a function that does what the module does; null where only a parser can tell. Types elsewhere are not
 * looked for: none of them is JavaScript without a `<`, so that the engine refuses what is left of them.
 */
export function plainSource(source: string): PlainSource | null {
  const scan: Scan = { source, at: 0, head: [], body: [], imports: [], exports: new Map() }
  while (scan.at < source.length) {
    const token = found(unremarkable, scan) ?? found(comment, scan) ?? found(text, scan)
    if (token !== null) scan.body.push(token[0])
    else if (!importStatement(scan) && !exportStatement(scan)) return null
  }
  const exports = [...scan.exports].map(([name, value]) => `${name}:${value}`)
  const code = `"use strict";${scan.head.join('')}${scan.body.join('')}\nreturn {${exports.join(',')}}`
  return { code, imports: scan.imports }
}

function importStatement(scan: Scan): boolean {
  const statement = found(importing, scan)
  if (statement === null) return false
  const [whole, types, list = '', single, double] = statement
  scan.body.push(linesOf(whole))
  if (types !== undefined) return true
  const names = itemsOf(list)
  if (names === null) return false
  const held = names.map(({ name, as }) => (name === as ? name : `${name}:${as}`))
  scan.head.push(`const {${held.join(',')}}=${required(scan, single ?? double ?? '')};`)
  return true
}

function exportStatement(scan: Scan): boolean {
  const constant = found(exportedConstant, scan)
  if (constant !== null) {
    scan.body.push(constant[1] ?? '')
    return exported(scan, constant[2] ?? '', constant[2] ?? '')
  }
  const defined = found(exportedFunction, scan)
  if (defined !== null) {
    const parameter = found(typedParameter, scan)
    scan.body.push(defined[1] ?? '', parameter === null ? '' : `(${parameter[1]})`)
    return exported(scan, defined[2] ?? '', defined[2] ?? '')
  }
  const passed = found(exportingFrom, scan)
  const names = passed === null ? null : itemsOf(passed[1] ?? '')
  if (passed === null || names === null) return false
  scan.body.push(linesOf(passed[0]))
  const module = required(scan, passed[2] ?? passed[3] ?? '')
  return names.every(({ name, as }) => exported(scan, as, `${module}.${name}`))
}

/** False where the name is exported twice, which the parser has words for. */
function exported({ exports }: Scan, name: string, value: string): boolean {
  if (exports.has(name)) return false
  exports.set(name, value)
  return true
}

function required({ imports }: Scan, module: string): string {
  imports.push(module)
  return `require('${module}')`
}

function itemsOf(list: string): readonly { readonly name: string; readonly as: string }[] | null {
  const given = list.split(',').map((one) => one.trim())
  const read = given.filter((one) => one !== '').map((one) => item.exec(one))
  if (read.some((one) => one === null)) return null
  return read.flatMap((one) =>
    one?.[1] === undefined ? [{ name: one?.[2] ?? '', as: one?.[3] ?? one?.[2] ?? '' }] : [],
  )
}

function linesOf(statement: string): string {
  return statement.replace(/[^\r\n]+/g, '')
}

function found(pattern: RegExp, scan: Scan): RegExpExecArray | null {
  pattern.lastIndex = scan.at
  const match = pattern.exec(scan.source)
  if (match !== null) scan.at = pattern.lastIndex
  return match
}
