// An engine in memory that refuses what PostgreSQL refuses: what is not there, what is there already, what others hold on to.

import { type ObjectRef, refKey } from '../../src/ops/definition.ts'
import type { Op } from '../../src/ops/operations.ts'
import { constraintsOf, findConstraint, referringTo } from '../../src/ops/parts.ts'
import { applyOp, definitionOf } from '../../src/ops/registry.ts'
import { enumsIn, findEnum, findTable, sameName } from '../../src/schema/lookup.ts'
import type { ForeignKey, Schema, Table, TableName } from '../../src/schema/model.ts'
import type { Sql } from '../../src/schema/sql.ts'

/** The operations one after another; throws at the first that an engine would refuse. */
export function runStrictly(schema: Schema, ops: readonly Op[]): Schema {
  return ops.reduce((state, op, position) => {
    const refusal = missing(state, op) ?? refusalOf(state, op)
    if (refusal === null) return applyOp(state, op)
    const told = ops.map((one, at) => `${at === position ? '> ' : '  '}${definitionOf(one).describe(one)}`)
    throw new Error(`${refusal}\n${told.join('\n')}`)
  }, schema)
}

/** What the operation says that it requires, and the schema has not. */
function missing(schema: Schema, op: Op): string | null {
  const touched = definitionOf(op).touches(op)
  if (touched === 'unknown') return null
  const there = new Set(objectsOf(schema).map(refKey))
  const absent = touched.requires.find((ref) => !there.has(refKey(ref)))
  return absent === undefined ? null : `It requires ${JSON.stringify(absent)}, which is not there.`
}

function objectsOf(schema: Schema): readonly ObjectRef[] {
  const part = (kind: ObjectRef['kind'], { namespace, name }: TableName, own: string | null): readonly ObjectRef[] =>
    own === null ? [] : [{ kind, namespace, name, part: own }]
  return [
    ...schema.namespaces.map((name): ObjectRef => ({ kind: 'namespace', namespace: null, name, part: null })),
    ...schema.enums.map(({ namespace, name }): ObjectRef => ({ kind: 'enum', namespace, name, part: null })),
    ...schema.tables.flatMap((table): readonly ObjectRef[] => [
      { kind: 'table', namespace: table.namespace, name: table.name, part: null },
      ...table.columns.flatMap((column) => part('column', table, column.name)),
      ...table.indexes.flatMap((index) => part('index', table, index.name)),
      ...constraintsOf(table).flatMap(({ value }) => part('constraint', table, value.name)),
    ]),
  ]
}

/** Tables, indexes and the indexes of keys share one space of names in a namespace. */
function relationsOf(table: Table): readonly string[] {
  return [table.name, ...keysOf(table).map((key) => key.name), ...table.indexes.map((index) => index.name)].filter(
    (name) => name !== null,
  )
}

function keysOf(table: Table) {
  return [...(table.primaryKey === null ? [] : [table.primaryKey]), ...table.uniques]
}

function nameTaken(schema: Schema, namespace: string | null, names: readonly (string | null)[]): string | null {
  const taken = schema.tables.filter((table) => table.namespace === namespace).flatMap(relationsOf)
  const twice = names.find((name) => name !== null && taken.includes(name))
  return twice === undefined ? null : `The relation "${twice}" is there already.`
}

function refusalOf(schema: Schema, op: Op): string | null {
  switch (op.kind) {
    case 'createTable':
      return (
        nameTaken(schema, op.table.namespace, relationsOf(op.table)) ??
        op.table.foreignKeys
          .map((key) => unsupported({ ...schema, tables: [...schema.tables, op.table] }, key))
          .find((refusal) => refusal !== null) ??
        null
      )
    case 'dropTable': {
      const holder = referringTo(schema.tables, op.table).find(({ table }) => !sameName(table, op.table))
      return holder === undefined ? null : `Table "${holder.table.name}" refers to it.`
    }
    case 'addColumn':
    case 'dropColumn':
      return columnRefusal(schema, op)
    case 'createIndex':
      return nameTaken(schema, op.table.namespace, [op.index.name])
    case 'createPrimaryKey':
      return (
        nameTaken(schema, op.table.namespace, [op.primaryKey.name]) ??
        (findTable(schema, op.table)?.primaryKey === null ? null : 'There is a primary key already.')
      )
    case 'createUniqueConstraint':
      return nameTaken(schema, op.table.namespace, [op.unique.name])
    case 'createForeignKey':
      return unsupported(schema, op.foreignKey)
    case 'dropConstraint':
      return dropRefusal(schema, op)
    default:
      return typeRefusal(schema, op)
  }
}

function typeRefusal(schema: Schema, op: Op): string | null {
  switch (op.kind) {
    case 'createEnum':
      return findEnum(schema, op.enumeration) === null ? null : 'The enumeration is there already.'
    case 'dropEnum': {
      const user = schema.tables.find((table) => enumsIn(table.columns).some((one) => sameName(one, op.enumeration)))
      return user === undefined ? null : `Table "${user.name}" uses the enumeration.`
    }
    case 'createNamespace':
      return schema.namespaces.includes(op.name) ? 'The namespace is there already.' : null
    case 'dropNamespace': {
      const inside = [...schema.tables, ...schema.enums].find((object) => object.namespace === op.name)
      return inside === undefined ? null : `"${inside.name}" is in the namespace.`
    }
    default:
      return null
  }
}

function columnRefusal(schema: Schema, op: Op<'addColumn' | 'dropColumn'>): string | null {
  const table = findTable(schema, op.table)
  if (op.kind === 'addColumn') {
    if (table?.columns.some((column) => column.name === op.column.name)) return 'The column is there already.'
    const used = op.column.generated === null ? [] : namesIn(op.column.generated.expression)
    const absent = used.find((name) => !table?.columns.some((column) => column.name === name))
    return absent === undefined ? null : `The column is computed from "${absent}", which is not there.`
  }
  const computed = table?.columns.find(
    ({ generated }) => generated !== null && namesIn(generated.expression).includes(op.column),
  )
  if (computed !== undefined) return `Column "${computed.name}" is computed from it.`
  const holder = referringTo(schema.tables, op.table).find(
    (one) => !sameName(one.table, op.table) && one.foreignKey.referentColumns.includes(op.column),
  )
  return holder === undefined ? null : `Table "${holder.table.name}" refers to it.`
}

function namesIn(fragment: Sql): readonly string[] {
  return fragment.parts.flatMap((part) => (typeof part === 'object' && 'name' in part ? [part.name.at(-1) ?? ''] : []))
}

/** A foreign key stands on a primary key or a unique constraint of its referent. */
function unsupported(schema: Schema, key: ForeignKey): string | null {
  const referent = findTable(schema, key.referent)
  if (referent === null) return `There is no table "${key.referent.name}".`
  return supports(referent, key)
    ? null
    : `There is no key on (${key.referentColumns.join(', ')}) of "${referent.name}".`
}

function supports(referent: Table, { referentColumns }: ForeignKey): boolean {
  return keysOf(referent).some(
    (key) => !('deferrable' in key && key.deferrable !== null) && key.columns.join('\0') === referentColumns.join('\0'),
  )
}

function dropRefusal(schema: Schema, op: Op<'dropConstraint'>): string | null {
  const table = findTable(schema, op.table)
  const found = table === null ? null : findConstraint(table, op.constraint, op.type)
  if (found === null) return 'There is no such constraint.'
  if (found.type === 'foreignKey' || found.type === 'check') return null
  const after = applyOp(schema, op)
  const left = findTable(after, op.table)
  const orphan = referringTo(after.tables, op.table).find(
    ({ foreignKey }) => left !== null && !supports(left, foreignKey),
  )
  return orphan === undefined ? null : `A foreign key of table "${orphan.table.name}" stands on it.`
}
