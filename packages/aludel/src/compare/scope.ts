// Whose objects these are: bookkeeping of any migration tool is never compared, and filters say what else is left alone.

import { archivePrefix } from '../ops/archives.ts'
import { constraintsOf, withoutColumn, withoutConstraint } from '../ops/parts.ts'
import type { ObjectFacts, ObjectFilter, ObjectPattern } from '../project/configuration.ts'
import { enumsIn, findEnum, sameName } from '../schema/lookup.ts'
import { emptySchema, type Schema, type Table, type TableName } from '../schema/model.ts'
import type { SchemaObject } from '../schema/object-model.ts'
import { isBookkeeping } from './bookkeeping.ts'

export interface CompareScope {
  /** Names of the project's own two tables. */
  readonly own: readonly string[]
  readonly include: ObjectFilter | undefined
  readonly exclude: ObjectFilter | undefined
}

/** The schema without what is not to be compared. What an included table needs and what belongs to it comes with it. */
export function withinScope(schema: Schema, scope: CompareScope): Schema {
  const tables = schema.tables
    .filter((table) => isTableInScope(table, scope))
    .map((table) => withoutParts(table, scope))
  const needed = { ...emptySchema, enums: enumsIn(tables.flatMap(({ columns }) => columns)) }
  const enums = schema.enums.filter((type) => {
    const facts = factsOf('enum', type, null)
    return !isExcluded(facts, scope) && (findEnum(needed, type) !== null || isIncluded(facts, scope))
  })
  const objects = schema.objects.filter((object) => isObjectInScope(object, tables, scope))
  const used = new Set([...tables, ...enums, ...objects].map(({ namespace }) => namespace))
  const namespaces = schema.namespaces.filter((name) => {
    const facts = factsOf('namespace', { namespace: name, name }, null)
    return !isExcluded(facts, scope) && (used.has(name) || isIncluded(facts, scope))
  })
  return { ...schema, tables, enums, namespaces, objects }
}

/** True of the account of a migration tool, ours or another, and of what ours has kept. */
export function isAccount(table: Table, own: readonly string[]): boolean {
  return own.includes(table.name) || isBookkeeping(table) || table.name.startsWith(archivePrefix)
}

function isTableInScope(table: Table, scope: CompareScope): boolean {
  if (isAccount(table, scope.own)) return false
  const facts = factsOf('table', table, null)
  return !isExcluded(facts, scope) && isIncluded(facts, scope)
}

/** What belongs to a table goes where the table goes. */
function isObjectInScope(object: SchemaObject, tables: readonly Table[], scope: CompareScope): boolean {
  if (object.kind === 'archive') return false
  const owner = ownerOf(object)
  const facts = factsOf(object.kind, object, owner?.name ?? null)
  if (isExcluded(facts, scope)) return false
  return owner === null ? isIncluded(facts, scope) : tables.some((table) => sameName(table, owner))
}

function ownerOf(object: SchemaObject): TableName | null {
  switch (object.kind) {
    case 'trigger':
    case 'policy':
    case 'rowSecurity':
      return object.table
    case 'partition':
      return object.parent
    case 'sequence':
      return object.ownedBy?.table ?? null
    default:
      return null
  }
}

/** Parts of an included table are left out one by one; they need not be included. */
function withoutParts(table: Table, scope: CompareScope): Table {
  if (scope.exclude === undefined) return table
  const isGone = (kind: ObjectFacts['kind'], name: string | null) =>
    name !== null && isExcluded(factsOf(kind, { namespace: table.namespace, name }, table.name), scope)
  const columns = table.columns.filter(({ name }) => isGone('column', name))
  const constraints = constraintsOf(table).filter(({ value }) => isGone('constraint', value.name))
  const indexes = table.indexes.filter(({ name }) => !isGone('index', name))
  const lean = constraints.reduce(withoutConstraint, { ...table, indexes })
  return columns.reduce((left, { name }) => withoutColumn(left, name), lean)
}

function factsOf(kind: ObjectFacts['kind'], { namespace, name }: TableName, table: string | null): ObjectFacts {
  return { kind, namespace, name, table }
}

function isExcluded(facts: ObjectFacts, { exclude }: CompareScope): boolean {
  return exclude !== undefined && matches(facts, exclude)
}

function isIncluded(facts: ObjectFacts, { include }: CompareScope): boolean {
  return include === undefined || matches(facts, include)
}

function matches(facts: ObjectFacts, filter: ObjectFilter): boolean {
  if (typeof filter === 'function') return filter(facts)
  return filter.some((pattern) =>
    typeof pattern === 'string' ? matchesName(pattern, facts) : matchesPattern(pattern, facts),
  )
}

// A name alone never means a part: `user` is the table, and no column of that name.
function matchesName(pattern: string, { kind, namespace, name }: ObjectFacts): boolean {
  if (kind === 'column' || kind === 'index' || kind === 'constraint') return false
  return isLike(pattern, name) || (namespace !== null && isLike(pattern, `${namespace}.${name}`))
}

function matchesPattern({ kind, namespace, table, name }: ObjectPattern, facts: ObjectFacts): boolean {
  const isPart = facts.kind === 'column' || facts.kind === 'index' || facts.kind === 'constraint'
  if (kind === undefined ? isPart : ![kind].flat().includes(facts.kind)) return false
  return (
    (namespace === undefined || isLike(namespace, facts.namespace ?? '')) &&
    (table === undefined || isLike(table, facts.table ?? '')) &&
    (name === undefined || isLike(name, facts.name))
  )
}

function isLike(pattern: string, name: string): boolean {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'))
  return new RegExp(`^${parts.join('.*')}$`, 's').test(name)
}
