// The names of the constants that models are: the tables' own, as TypeScript writes them, each once.

import { tableKey } from '../schema/define.ts'
import * as builders from '../schema/index.ts'
import type { Table } from '../schema/model.ts'

const reserved: ReadonlySet<string> = new Set([
  ...Object.keys(builders),
  'schema',
  ...'arguments await break case catch class const continue debugger default delete do else enum eval export extends false finally for function if implements import in instanceof interface let new null package private protected public return static super switch this throw true try typeof undefined var void while with yield NaN Infinity'.split(
    ' ',
  ),
])

/** By the key of each table. */
export function variablesOf(tables: readonly Table[]): ReadonlyMap<string, string> {
  const taken = new Set(reserved)
  return new Map(
    tables.map((table) => {
      const name = freeName(table, taken)
      taken.add(name)
      return [tableKey(table), name]
    }),
  )
}

function freeName({ namespace, name }: Table, taken: ReadonlySet<string>): string {
  const own = camelCase(name)
  const candidates = [own, ...(namespace === null ? [] : [camelCase(`${namespace}_${name}`)]), `${own}Table`]
  const found = candidates.find((candidate) => !taken.has(candidate))
  if (found !== undefined) return found
  for (let number = 2; ; number += 1) {
    if (!taken.has(`${own}${number}`)) return `${own}${number}`
  }
}

/** `user_role` and `User Role` are userRole. */
function camelCase(name: string): string {
  const words = name.normalize('NFC').match(/[\p{ID_Continue}$]+/gu) ?? []
  const joined = words
    .flatMap((word) => word.split('_'))
    .filter((word) => word !== '')
    .map((word, position) => (position === 0 ? lowered(word) : `${word.slice(0, 1).toUpperCase()}${word.slice(1)}`))
    .join('')
  return /^[\p{ID_Start}$]/u.test(joined) ? joined : `t${joined}`
}

/** `URLs` stays as it is, `User` begins small. */
function lowered(word: string): string {
  return /^[A-Z][^A-Z]*$/.test(word) || /^[A-Z][a-z]/.test(word)
    ? `${word.slice(0, 1).toLowerCase()}${word.slice(1)}`
    : word
}
