// Whether two files of code are the same program, whatever their comments, quotes and white space.

import { isTooDeep, parseFile } from './syntax/header-syntax.ts'

export interface ModuleText {
  readonly file: string
  readonly text: string
}

/** False where one of them does not parse, or is too deeply nested to be parsed. */
export function sameModule(one: ModuleText, other: ModuleText): boolean {
  const trees = [one, other].map(treeOf)
  return trees[0] !== null && trees[0] === trees[1]
}

function treeOf({ file, text }: ModuleText): string | null {
  if (isTooDeep(text)) return null
  const { program, errors } = parseFile(file, text)
  if (errors.length > 0) return null
  // Positions and the spelling of literals are how it is written, not what it says.
  return JSON.stringify(program.body, (key, value: unknown) => (unsaid.has(key) ? undefined : plain(value)))
}

const unsaid: ReadonlySet<string> = new Set(['start', 'end', 'range', 'loc', 'raw'])

function plain(value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}n` : value instanceof RegExp ? String(value) : value
}
