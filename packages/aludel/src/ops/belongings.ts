// What belongs to a table and goes, comes and moves with it: triggers, policies, row security.

import { renameIdentifier, renameQualifier } from '../schema/identifiers.ts'
import { sameName } from '../schema/lookup.ts'
import type { Schema, TableName } from '../schema/model.ts'
import type { DefinedObject, Partition, Policy, RowSecurity, SchemaObject, Trigger } from '../schema/object-model.ts'
import type { Sql } from '../schema/sql.ts'
import type { Op } from './operations.ts'
import { enabling } from './row-security.ts'

type Belonging = Trigger | Policy | RowSecurity | (DefinedObject & { readonly table: TableName })

function isBelonging(object: SchemaObject): object is Belonging {
  if (object.kind === 'defined') return object.table !== null
  return object.kind === 'trigger' || object.kind === 'policy' || object.kind === 'rowSecurity'
}

export function belongingsOf(schema: Schema, table: TableName): readonly Belonging[] {
  return schema.objects.filter(isBelonging).filter((object) => sameName(object.table, table))
}

/** What makes it again on a table that is there again. */
export function belongingAgain(object: Belonging): Op {
  switch (object.kind) {
    case 'trigger':
      return { kind: 'createTrigger', trigger: object }
    case 'defined':
      return { kind: 'createObject', object }
    case 'policy':
      return { kind: 'createPolicy', policy: object }
    case 'rowSecurity':
      return enabling(object)
  }
}

/** The object after a table stands in another place; the same one where it has nothing to do with that table. */
export function withTable(object: SchemaObject, from: TableName, to: TableName): SchemaObject {
  if (object.kind === 'partition') return withParent(object, from, to)
  if (!isBelonging(object) || !sameName(object.table, from)) return object
  const { namespace, name } = to
  const table = { namespace, name }
  // What stands in the namespace of its table goes along with it.
  const own = object.namespace === from.namespace ? namespace : object.namespace
  if (object.kind === 'trigger' || object.kind === 'defined') return { ...object, namespace: own, table }
  if (object.kind === 'rowSecurity') return { ...object, ...table, table }
  const renamed = withConditions(object, (condition) => renameQualifier(condition, from.name, name))
  return { ...renamed, namespace: own, table }
}

function withParent(partition: Partition, from: TableName, { namespace, name }: TableName): Partition {
  const to = { namespace, name }
  const parent = sameName(partition.parent, from) ? to : partition.parent
  if (!sameName(partition, from)) return { ...partition, parent }
  return { ...partition, parent, ...to, table: partition.table === null ? null : { ...partition.table, ...to } }
}

/** The object after a column of its table has another name. */
export function withColumn(object: SchemaObject, at: TableName, from: string, to: string): SchemaObject {
  if (object.kind !== 'policy' || !sameName(object.table, at)) return object
  return withConditions(object, (condition) => renameIdentifier(condition, from, to))
}

function withConditions(policy: Policy, change: (condition: Sql) => Sql): Policy {
  const { using, check } = policy
  return { ...policy, using: using === null ? null : change(using), check: check === null ? null : change(check) }
}
