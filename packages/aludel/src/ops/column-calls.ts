// What the recorder makes of a column that comes or changes: one call may become several operations.

import { AludelError } from '../errors.ts'
import { type AnyColumn, toDefault, toIdentity, toPostgresColumn } from '../schema/column.ts'
import { columnName } from '../schema/constraints.ts'
import { foreignKeyModel, tableName, uniqueModel } from '../schema/keys.ts'
import type { TableName } from '../schema/model.ts'
import { conventionalName, type NamingConvention } from '../schema/naming.ts'
import { asSql } from '../schema/sql.ts'
import type { ColumnChange, Op } from './operations.ts'
import type { AlterColumnGiven } from './surface.ts'
import type { Keep, Restore } from './surface-options.ts'

/** A column builder may say more than a column: its unique and foreign key become operations of their own. */
export function addColumnOps(
  table: TableName,
  name: string,
  given: AnyColumn,
  ifNotExists: boolean,
  naming: NamingConvention,
): readonly Op[] {
  const { column, unique, references, primaryKey } = given.spec
  const ops: Op[] = [{ kind: 'addColumn', table, column: { ...column, name }, ifNotExists }]
  if (primaryKey !== null) {
    const pk = primaryKey.name ?? conventionalName(naming.pk, { table: table.name, columns: [name] })
    ops.push({
      kind: 'createPrimaryKey',
      table,
      primaryKey: { name: pk, columns: [name], mysql: null, postgres: null },
    })
  }
  if (unique !== null) {
    ops.push({
      kind: 'createUniqueConstraint',
      table,
      unique: uniqueModel(table.name, unique.name, [name], {}, naming),
    })
  }
  if (references !== null) {
    const to = references.target()
    const foreignKey = foreignKeyModel(
      table.name,
      [name],
      tableName(to.table),
      [columnName(to)],
      references.options,
      naming,
    )
    ops.push({ kind: 'createForeignKey', table, foreignKey })
  }
  return ops
}

export function alterColumnOps(table: TableName, column: string, given: AlterColumnGiven): readonly Op[] {
  requireChange(column, given)
  const { name, using, type, default: value, identity, postgres, ...rest } = given
  const set: ColumnChange = {
    ...(type === undefined ? {} : { type: type.spec.column.type }),
    ...rest,
    ...(identity === undefined ? {} : { identity: identity === null ? null : toIdentity(identity) }),
    ...(postgres === undefined ? {} : { postgres: postgres === null ? null : toPostgresColumn(postgres) }),
    ...('default' in given ? { default: toDefault(value, type?.spec.column.type ?? null) } : {}),
  }
  const ops: Op[] = []
  if (Object.keys(set).length > 0) {
    ops.push({ kind: 'alterColumn', table, column, set, using: using === undefined ? null : asSql(using) })
  }
  if (name !== undefined) ops.push({ kind: 'renameColumn', table, column, name })
  return ops
}

/** Values are kept for a change of their type: nothing else that alterColumn does can change them. */
export function requireType(column: string, given: AlterColumnGiven, { keep, restore }: Keep & Restore): void {
  const option = keep ? 'keep' : restore ? 'restore' : null
  if (option === null || given.type !== undefined) return
  throw new AludelError('misplaced-option', `alterColumn of "${column}" is given \`${option}\` without a type.`, {
    hint: 'Leave it out: only a change of type changes the values.',
  })
}

const changes = [
  'type',
  'nullable',
  'default',
  'name',
  'comment',
  'using',
  'collation',
  'identity',
  'generated',
  'postgres',
]

/** What would be passed over in silence is refused: a misspelt key, and what a type says beside the type. */
function requireChange(column: string, given: AlterColumnGiven): void {
  const unknown = Object.keys(given).find((key) => !changes.includes(key))
  if (unknown !== undefined) {
    throw new AludelError(
      'unknown-option',
      `alterColumn of "${column}" is given "${unknown}", which it does not know.`,
      {
        hint: `It takes ${changes.join(', ')}.`,
      },
    )
  }
  if (given.type === undefined) return
  const { column: said, primaryKey, unique, references } = given.type.spec
  const plain = said.nullable && said.default === null && said.identity === null && said.generated === null
  if (plain && said.comment === null && said.collation === null && !primaryKey && !unique && !references) return
  throw new AludelError('misplaced-option', `The type that alterColumn gives "${column}" says more than a type.`, {
    hint: 'Say the rest beside it: { type: string(32), nullable: false, default: ... }; keys and checks have operations of their own.',
  })
}
