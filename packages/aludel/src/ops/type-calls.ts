// The calls for types: enumerations, and the namespaces and extensions that types and tables come from.

import { AludelError } from '../errors.ts'
import { tableName } from '../schema/keys.ts'
import type { EnumColumn, EnumPlace, Replacements } from './operations.ts'
import type { Calls } from './recorder.ts'
import type { Operations } from './surface.ts'
import type { ColumnGiven } from './surface-options.ts'

type EnumCall = 'createEnum' | 'dropEnum' | 'setEnumValues' | 'addEnumValue' | 'renameEnumValue'
type PlaceCall = 'createNamespace' | 'dropNamespace' | 'createExtension' | 'dropExtension'

export function typeCalls(calls: Calls): Pick<Operations, EnumCall | PlaceCall> {
  return { ...enumCalls(calls), ...placeCalls(calls) }
}

function enumCalls({ keep }: Calls): Pick<Operations, EnumCall> {
  return {
    createEnum: (at, values) => keep({ kind: 'createEnum', enumeration: { ...tableName(at), values } }),
    dropEnum: (at) => keep({ kind: 'dropEnum', enumeration: tableName(at) }),
    setEnumValues: (at, values, columns, { replace = {} } = {}) =>
      keep({
        kind: 'setEnumValues',
        enumeration: { ...tableName(at), values },
        columns: placesOf(columns),
        replace: checkedReplacements(replace, values),
      }),
    addEnumValue: (at, value, { before, after, ifNotExists = false, columns } = {}) =>
      keep({
        kind: 'addEnumValue',
        enumeration: tableName(at),
        value,
        place: placeOf(value, before, after),
        ifNotExists,
        columns: placesOf(columns),
      }),
    renameEnumValue: (at, value, name, { columns } = {}) =>
      keep({ kind: 'renameEnumValue', enumeration: tableName(at), value, name, columns: placesOf(columns) }),
  }
}

function placesOf(given: readonly ColumnGiven[] = []): readonly EnumColumn[] {
  return given.map(({ table, column }) => ({ table: tableName(table), column }))
}

function placeOf(value: string, before: string | undefined, after: string | undefined): EnumPlace | null {
  if (before !== undefined && after !== undefined) {
    throw new AludelError('invalid-parameter', `The value "${value}" is to stand before one and after another.`, {
      hint: 'Say one of the two: { before } or { after }.',
    })
  }
  if (before !== undefined) return { before }
  return after === undefined ? null : { after }
}

/** A value that stays cannot be replaced, and one that is not there cannot stand for another. */
function checkedReplacements(replace: Replacements, values: readonly string[]): Replacements {
  for (const [gone, by] of Object.entries(replace)) {
    if (!values.includes(gone) && (by === null || values.includes(by))) continue
    throw new AludelError('invalid-parameter', `The value "${gone}" cannot be replaced by ${JSON.stringify(by)}.`, {
      hint: 'A value that goes is replaced by one of the new values, or by null.',
      details: { values },
    })
  }
  return replace
}

function placeCalls({ keep }: Calls): Pick<Operations, PlaceCall> {
  return {
    createNamespace: (name, options) =>
      keep({ kind: 'createNamespace', name, ifNotExists: options?.ifNotExists ?? false }),
    dropNamespace: (name, options) => keep({ kind: 'dropNamespace', name, ifExists: options?.ifExists ?? false }),
    createExtension: (name, { namespace = null, version = null, ifNotExists = false } = {}) =>
      keep({ kind: 'createExtension', extension: { kind: 'extension', namespace, name, version }, ifNotExists }),
    dropExtension: (name, options) => keep({ kind: 'dropExtension', name, ifExists: options?.ifExists ?? false }),
  }
}
