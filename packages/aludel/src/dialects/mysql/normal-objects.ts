// What stands beside tables, as this engine would report it: its own texts, and none of what it does not have.

import { usualStart } from '../../ops/sequences.ts'
import type { SchemaObject, Sequence, View } from '../../schema/object-model.ts'
import { engineSql } from '../../schema/objects.ts'
import { type EngineSql, rawSql } from '../../schema/sql.ts'
import { wholeNumber } from './constants.ts'
import type { Abilities } from './features.ts'
import { expressionText } from './render/columns.ts'

/** Nothing where the engine has no such thing, or was given no text of its own. */
export function normalObject(object: SchemaObject, abilities: Abilities): readonly SchemaObject[] {
  switch (object.kind) {
    case 'view':
      return withText(object.query, (query) => ({ ...object, ...normalView(object), query }))
    case 'function':
      return withText(object.text, (text) => ({ ...object, namespace: null, arguments: null, text, dependsOn: [] }))
    case 'trigger':
    case 'defined':
      return withText(object.text, (text) => ({ ...object, namespace: null, text }))
    case 'sequence':
      if (abilities.product === 'MySQL') return []
      return [{ ...object, ...normalNumbers(object), namespace: null, ownedBy: null }]
    default:
      return []
  }
}

/** As a bigint only where a number would be rounded, whatever was given. */
function normalNumbers(sequence: Sequence): Partial<Sequence> {
  const { start, increment, minValue, maxValue, cache } = sequence
  const numbers = { start: start ?? usualStart(sequence), increment, minValue, maxValue, cache }
  return Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, value === null ? null : wholeNumber(BigInt(value))]),
  )
}

function withText(given: EngineSql, made: (text: EngineSql) => SchemaObject): readonly SchemaObject[] {
  const own = engineSql(given, 'mysql')
  return own === null ? [] : [made({ all: rawSql(expressionText(own).trim().replace(/;$/, '')) })]
}

/** What it takes beside the query, without what it does by itself. */
function normalView({ options }: View): Pick<View, 'namespace' | 'comment' | 'options' | 'dependsOn'> {
  const usual = (name: string, value: string) =>
    (name === 'algorithm' && value === 'undefined') || (name === 'security' && value === 'definer')
  const told = Object.entries(options)
    .map(([name, value]) => [name.toLowerCase(), name === 'definer' ? value : value.toLowerCase()] as const)
    .filter(([name, value]) => !usual(name, value))
  return { namespace: null, comment: null, options: Object.fromEntries(told), dependsOn: [] }
}
