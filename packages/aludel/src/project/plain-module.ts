// A module that needs no transforming: plain JavaScript with simple imports and one default export. In doubt, null.

export interface PlainModule {
  readonly code: string
  /** The modules that it imports at its top, with the names that it takes. */
  readonly imports: readonly { readonly from: string; readonly names: readonly string[] }[]
}

// White space, comments, strings, templates without values, words, numbers, and every other character by itself.
const token =
  /\s+|\/\/[^\n]*|\/\*[\s\S]*?\*\/|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\$]|\\.)*`|[\p{L}_$][\p{L}\p{N}_$]*|\d[\w.]*|[\s\S]/uy
const namedImport = /import\s*\{([\w\s$,]*)\}\s*from\s*(?:'([^'\\\n]*)'|"([^"\\\n]*)")/y
const call = /import\s*\(/y
const defaultExport = /export\s+default\b/y

// Types, templates with values, regular expressions and divisions begin with one of these.
const doubtful = new Set(['<', '`', '/', '@', '#'])

/** The module as a body that takes `exports`, `require` and `__import`; null where only a real parser can tell. */
export function plainModule(text: string): PlainModule | null {
  const imports: { from: string; names: readonly string[] }[] = []
  const parts: string[] = []
  let defaults = 0
  for (let at = 0; at < text.length; ) {
    const word = matchAt(token, text, at)?.[0] ?? ''
    if (doubtful.has(word)) return null
    if (word === 'import') {
      const found = matchAt(namedImport, text, at)
      const [, names = '', single, double] = found ?? []
      if (found !== null) {
        const from = single ?? double ?? ''
        const list = names
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== '')
        if (list.some((name) => !/^[\w$]+$/.test(name))) return null
        imports.push({ from, names: list })
        parts.push(`const { ${list.join(', ')} } = require(${JSON.stringify(from)})`)
      } else if (matchAt(call, text, at) !== null) parts.push('__import(')
      else return null
      at += (found ?? matchAt(call, text, at))?.[0].length ?? 0
    } else if (word === 'export') {
      const found = matchAt(defaultExport, text, at)
      if (found === null) return null
      defaults += 1
      parts.push('exports.default =')
      at += found[0].length
    } else {
      parts.push(word)
      at += word.length
    }
  }
  return defaults === 1 ? { code: `"use strict";${parts.join('')}`, imports } : null
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}
