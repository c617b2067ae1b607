// batchAlterTable: the calls that change one table, without the name of it.

import type { Referent } from '../schema/constraints.ts'
import type { Operations } from './surface.ts'

/** Calls whose first argument is the table, and calls that name something of it first. */
const tableFirst = [
  'alterTable',
  'createTableComment',
  'dropTableComment',
  'addColumn',
  'alterColumn',
  'dropColumn',
  'renameColumn',
  'bulkInsert',
] as const
const tableSecond = [
  'createIndex',
  'dropIndex',
  'renameIndex',
  'createPrimaryKey',
  'createUniqueConstraint',
  'createForeignKey',
  'createCheckConstraint',
  'createExcludeConstraint',
  'dropConstraint',
  'renameConstraint',
  'validateConstraint',
  'createTrigger',
  'dropTrigger',
] as const

type Call = (...given: readonly unknown[]) => void
type WithoutFirst<Method> = Method extends (table: Referent, ...rest: infer Rest) => void
  ? (...rest: Rest) => void
  : never
type WithoutSecond<Method> = Method extends (first: infer First, table: Referent, ...rest: infer Rest) => void
  ? (first: First, ...rest: Rest) => void
  : never

/** The calls of {@link Operations} that change one table, each without the argument that names it. */
export type TableOperations = {
  readonly [Name in (typeof tableFirst)[number]]: WithoutFirst<Operations[Name]>
} & {
  readonly [Name in (typeof tableSecond)[number]]: WithoutSecond<Operations[Name]>
} & Pick<Operations, 'dialect' | 'features' | 'arguments' | 'execute'>

export function tableOperations(op: Operations, table: Referent): TableOperations {
  const call = (name: keyof Operations) => op[name] as Call
  const first = tableFirst.map((name): readonly [string, Call] => [name, (...given) => call(name)(table, ...given)])
  const second = tableSecond.map((name): readonly [string, Call] => [
    name,
    (what, ...given) => call(name)(what, table, ...given),
  ])
  return { ...op, ...Object.fromEntries([...first, ...second]) } as unknown as TableOperations
}
