// A table's keys and checks as parts: finding one by its name or shape, taking it away, and what makes it again.

import { sameData } from '../schema/canonical.ts'
import { namesIdentifier } from '../schema/identifiers.ts'
import type {
  Check,
  Exclusion,
  ForeignKey,
  PostgresTable,
  PrimaryKey,
  Table,
  TableName,
  Unique,
} from '../schema/model.ts'
import { type Sql, sqlText } from '../schema/sql.ts'
import { excludesBy, exclusionsOf, withExclusions, withinExclusion } from './exclusions.ts'
import type { ConstraintSelector, ConstraintType, Op } from './operations.ts'
import { withinPartitionKey } from './partition-key.ts'

export type FoundConstraint =
  | { readonly type: 'primaryKey'; readonly value: PrimaryKey }
  | { readonly type: 'unique'; readonly value: Unique }
  | { readonly type: 'foreignKey'; readonly value: ForeignKey }
  | { readonly type: 'check'; readonly value: Check }
  | { readonly type: 'exclude'; readonly value: Exclusion }

/** The table's constraints in the order primary key, uniques, foreign keys, checks, exclusions. */
export function constraintsOf(table: Table): readonly FoundConstraint[] {
  return [
    ...(table.primaryKey === null ? [] : [{ type: 'primaryKey' as const, value: table.primaryKey }]),
    ...table.uniques.map((value) => ({ type: 'unique' as const, value })),
    ...table.foreignKeys.map((value) => ({ type: 'foreignKey' as const, value })),
    ...table.checks.map((value) => ({ type: 'check' as const, value })),
    ...exclusionsOf(table).map((value) => ({ type: 'exclude' as const, value })),
  ]
}

export function findConstraint(
  table: Table,
  selector: ConstraintSelector,
  type: ConstraintType | null,
): FoundConstraint | null {
  const fit = constraintsOf(table).filter((one) => (type === null || one.type === type) && selects(selector, one))
  // A shape is how one without a name is told; only where none is without does it mean one with a name.
  const found = 'name' in selector ? fit[0] : (fit.find(({ value }) => value.name === null) ?? fit[0])
  if (found !== undefined) return found
  // Some engines keep no name of a primary key; a table has but one, so the type is enough to know it.
  const { primaryKey } = table
  if (type !== 'primaryKey' || primaryKey === null || primaryKey.name !== null || !('name' in selector)) return null
  return { type: 'primaryKey', value: primaryKey }
}

function selects(selector: ConstraintSelector, found: FoundConstraint): boolean {
  if ('name' in selector) return found.value.name === selector.name
  if ('primaryKey' in selector) return found.type === 'primaryKey' && sameData(found.value.columns, selector.primaryKey)
  if ('unique' in selector) return found.type === 'unique' && sameData(found.value.columns, selector.unique)
  if ('foreignKey' in selector) return found.type === 'foreignKey' && sameData(found.value.columns, selector.foreignKey)
  return found.type === 'check' && conditionText(found.value) === selector.check
}

export function withoutConstraint(table: Table, gone: FoundConstraint): Table {
  switch (gone.type) {
    case 'primaryKey':
      return { ...table, primaryKey: null }
    case 'unique':
      return { ...table, uniques: table.uniques.filter((value) => value !== gone.value) }
    case 'foreignKey':
      return { ...table, foreignKeys: table.foreignKeys.filter((value) => value !== gone.value) }
    case 'check':
      return { ...table, checks: table.checks.filter((value) => value !== gone.value) }
    case 'exclude':
      return withExclusions(
        table,
        exclusionsOf(table).filter((value) => value !== gone.value),
      )
  }
}

/** The table with a change made to each of its constraints. */
export function withConstraints(table: Table, change: <T extends FoundConstraint['value']>(value: T) => T): Table {
  const others = {
    ...table,
    primaryKey: table.primaryKey === null ? null : change(table.primaryKey),
    uniques: table.uniques.map((value) => change(value)),
    foreignKeys: table.foreignKeys.map((value) => change(value)),
    checks: table.checks.map((value) => change(value)),
  }
  return withExclusions(
    others,
    exclusionsOf(table).map((value) => change(value)),
  )
}

/** How to name a constraint in `dropConstraint`: by its name where it has one. */
export function selectorOf(found: FoundConstraint): ConstraintSelector {
  if (found.value.name !== null) return { name: found.value.name }
  switch (found.type) {
    case 'primaryKey':
      return { primaryKey: found.value.columns }
    case 'unique':
      return { unique: found.value.columns }
    case 'foreignKey':
      return { foreignKey: found.value.columns }
    case 'check':
      return { check: conditionText(found.value) }
    case 'exclude':
      return { name: found.value.name }
  }
}

/** A condition as one text, with names and values as standard SQL writes them. */
function conditionText({ condition }: Check): string {
  return sqlText(condition, {
    quote: (name) => `"${name.replaceAll('"', '""')}"`,
    literal: (value) => (typeof value === 'string' ? `'${value.replaceAll("'", "''")}'` : String(value)),
  })
}

export function creationOf(table: TableName, found: FoundConstraint): Op {
  const at: TableName = { namespace: table.namespace, name: table.name }
  switch (found.type) {
    case 'primaryKey':
      return { kind: 'createPrimaryKey', table: at, primaryKey: found.value }
    case 'unique':
      return { kind: 'createUniqueConstraint', table: at, unique: found.value }
    case 'foreignKey':
      return { kind: 'createForeignKey', table: at, foreignKey: found.value }
    case 'check':
      return { kind: 'createCheckConstraint', table: at, check: found.value }
    case 'exclude':
      return { kind: 'createExcludeConstraint', table: at, exclusion: found.value }
  }
}

/** The table with a change made to every expression on it: checks, exclusions, computed columns, indexes. */
export function withExpressions(table: Table, change: (expression: Sql) => Sql): Table {
  const exclusions = exclusionsOf(table).map((one) => withinExclusion(one, change))
  const changed = withExclusions(table, exclusions)
  return {
    ...changed,
    postgres: withPartitionKey(changed.postgres, change),
    columns: table.columns.map((column) =>
      column.generated === null
        ? column
        : { ...column, generated: { ...column.generated, expression: change(column.generated.expression) } },
    ),
    checks: table.checks.map((check) => ({ ...check, condition: change(check.condition) })),
    indexes: table.indexes.map((index) => ({
      ...index,
      parts: index.parts.map((part) =>
        'column' in part.of ? part : { ...part, of: { expression: change(part.of.expression) } },
      ),
      where: index.where === null ? null : change(index.where),
    })),
  }
}

function withPartitionKey(postgres: PostgresTable | null, change: (expression: Sql) => Sql): PostgresTable | null {
  return postgres === null ? null : { ...postgres, partitionBy: withinPartitionKey(postgres.partitionBy, change) }
}

/** The table without one column and without every key, index and check that uses it. */
export function withoutColumn(table: Table, column: string): Table {
  const uses = (columns: readonly string[]) => columns.includes(column)
  const exclusions = exclusionsOf(table).filter((one) => !excludesBy(one, column))
  return {
    ...withExclusions(table, exclusions),
    columns: table.columns.filter((candidate) => candidate.name !== column),
    primaryKey: table.primaryKey !== null && uses(table.primaryKey.columns) ? null : table.primaryKey,
    uniques: table.uniques.filter(({ columns, postgres }) => !uses(columns) && !uses(postgres?.include ?? [])),
    foreignKeys: table.foreignKeys.filter((key) => !uses(key.columns)),
    checks: table.checks.filter((check) => !namesIdentifier(check.condition, column)),
    indexes: table.indexes.filter(
      (index) =>
        !index.parts.some((part) =>
          'column' in part.of ? part.of.column === column : namesIdentifier(part.of.expression, column),
        ) &&
        !(index.where !== null && namesIdentifier(index.where, column)) &&
        !index.postgres?.include.includes(column),
    ),
  }
}

/** What `before` has and `after` has not, of keys, checks and indexes: the operations that make them again. */
export function recreations(before: Table, after: Table): readonly Op[] {
  const at: TableName = { namespace: before.namespace, name: before.name }
  const left = new Set(constraintsOf(after).map((found) => found.value))
  return [
    ...constraintsOf(before)
      .filter((found) => !left.has(found.value))
      .map((found) => creationOf(at, found)),
    ...before.indexes
      .filter((index) => !after.indexes.includes(index))
      .map((index): Op => ({ kind: 'createIndex', table: at, index, ifNotExists: false })),
  ]
}

/** The foreign keys of other tables that refer to this one. */
export function referringTo(
  tables: readonly Table[],
  { namespace, name }: TableName,
): readonly { table: Table; foreignKey: ForeignKey }[] {
  return tables.flatMap((table) =>
    table.foreignKeys
      .filter((key) => key.referent.name === name && key.referent.namespace === namespace)
      .map((foreignKey) => ({ table, foreignKey })),
  )
}
