// What stands beside tables, as introspection would give it back, as far as that can be told without a server.

import { isUsual } from '../../ops/usual-rights.ts'
import type { EnumType, Table } from '../../schema/model.ts'
import type { GrantObject, PrivilegeGranted, SchemaObject, StoredFunction } from '../../schema/object-model.ts'
import { engineSql } from '../../schema/objects.ts'
import { type EngineSql, rawSql } from '../../schema/sql.ts'
import type { VersionFeatures } from './features.ts'
import { flat, written } from './literal.ts'
import { normalTypeObject } from './normal-types.ts'
import { parseType, typeText } from './types.ts'

/** Nothing where the engine has no such thing, or was given no text of its own. */
export function normalObject(
  object: SchemaObject,
  can: VersionFeatures,
  tables: readonly Table[],
  enums: readonly EnumType[],
): readonly SchemaObject[] {
  switch (object.kind) {
    case 'view':
      return withText(object.query, (query) => {
        const { comment, options } = object
        return { ...object, query, comment: comment === '' ? null : comment, options: normalSettings(options) }
      })
    case 'materializedView':
      return withText(object.query, (query) => ({ ...object, query, options: normalSettings(object.options) }))
    case 'function':
      return withText(object.text, (text) => ({ ...object, text, arguments: normalArguments(object) }))
    case 'trigger':
    case 'defined':
      return withText(object.text, (text) => ({ ...object, text }))
    case 'policy': {
      const { to, using, check } = object
      const named = to.some((role) => role.toUpperCase() === 'PUBLIC') ? [] : [...to].sort()
      return [{ ...object, to: named, using: using && flat(using), check: check && flat(check) }]
    }
    case 'comment':
      return object.text === '' ? [] : [object]
    case 'privilege':
      return normalPrivileges(object, can)
    case 'sequence':
    case 'domain':
    case 'compositeType':
    case 'partition':
      return normalTypeObject(object, tables, enums)
    case 'archive':
      return []
    default:
      return [object]
  }
}

function withText(given: EngineSql, made: (text: EngineSql) => SchemaObject): readonly SchemaObject[] {
  const own = engineSql(given, 'postgres')
  return own === null ? [] : [made({ all: rawSql(written(own).trim().replace(/;$/, '').trimEnd()) })]
}

function normalSettings(options: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(options).map(([name, value]) => [name.toLowerCase(), value]))
}

function normalArguments({ arguments: given }: StoredFunction): string | null {
  if (given === null || given.trim() === '' || given.trim() === '*') return given === null ? null : given.trim()
  return typesIn(given)
    .map((type) => typeText(parseType(type.trim())))
    .join(', ')
}

/** The types of a list; a comma inside parentheses parts nothing. */
function typesIn(list: string): readonly string[] {
  return list.split(/,(?![^(]*\))/)
}

const all: { readonly [K in GrantObject['kind']]: readonly string[] } = {
  table: ['SELECT', 'INSERT', 'UPDATE', 'DELETE', 'TRUNCATE', 'REFERENCES', 'TRIGGER'],
  sequence: ['SELECT', 'UPDATE', 'USAGE'],
  namespace: ['CREATE', 'USAGE'],
  function: ['EXECUTE'],
  type: ['USAGE'],
}

const ofColumns = ['SELECT', 'INSERT', 'UPDATE', 'REFERENCES']

/** Each right by its own name; what everybody has anyway is not told. */
function normalPrivileges(given: PrivilegeGranted, can: VersionFeatures): readonly PrivilegeGranted[] {
  const { on, column, privilege } = given
  const to = given.to === 'public' ? 'PUBLIC' : given.to
  const whole = on.kind === 'table' && can.maintainPrivilege ? [...all.table, 'MAINTAIN'] : all[on.kind]
  const names = privilege === 'ALL' ? (column === null ? whole : ofColumns) : [privilege]
  return names.map((name) => ({ ...given, to, privilege: name })).filter((one) => one.withheld || !isUsual(one))
}
