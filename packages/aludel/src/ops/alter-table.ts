// alterTable: what one engine alone knows of a table.

import { sameData } from '../schema/canonical.ts'
import { plainPostgresTable, postgresTable } from '../schema/keys.ts'
import { findTable, tableTitle, updateTable } from '../schema/lookup.ts'
import { plainSqliteTable, type SqliteTable, type Table } from '../schema/model.ts'
import { type MysqlTable, plainMysqlTable } from '../schema/mysql-model.ts'
import { type OpDefinition, tableRef, touches } from './definition.ts'
import type { TableSettings } from './operations.ts'

export const alterTable: OpDefinition<'alterTable'> = {
  apply: (schema, op) => updateTable(schema, op.table, (table) => withSettings(table, op.set)),
  invert(op, before) {
    const table = findTable(before, op.table)
    if (table === null) return { irreversible: `What table ${tableTitle(op.table)} was like is not known here.` }
    return [{ kind: 'alterTable', table: op.table, set: settingsBefore(table, op.set) }]
  },
  touches: (op) => touches({ requires: [tableRef(op.table)] }),
  describe: (op) => `alter table ${tableTitle(op.table)}: ${settingNames(op.set).join(', ')}`,
  print: (op, printer) => printer.call('alterTable', [printer.table(op.table), printer.data(op.set)]),
}

function settingNames({ postgres, mysql, sqlite }: TableSettings): readonly string[] {
  return [postgres, mysql, sqlite].flatMap((own) => Object.keys(own ?? {}))
}

function withSettings(table: Table, { postgres, mysql, sqlite }: TableSettings): Table {
  return {
    ...table,
    postgres: postgresTable({ ...table.postgres, ...postgres }),
    mysql: mysql === undefined ? table.mysql : mysqlOrNull({ ...plainMysqlTable, ...table.mysql, ...mysql }),
    sqlite: sqlite === undefined ? table.sqlite : sqliteOrNull({ ...plainSqliteTable, ...table.sqlite, ...sqlite }),
  }
}

function mysqlOrNull(own: MysqlTable): MysqlTable | null {
  return sameData(own, plainMysqlTable) ? null : own
}

function sqliteOrNull(own: SqliteTable): SqliteTable | null {
  return sameData(own, plainSqliteTable) ? null : own
}

/** For every key that is set, what it was. */
function settingsBefore(table: Table, { postgres, mysql, sqlite }: TableSettings): TableSettings {
  const was = <T extends object>(old: T, keys: object): Partial<T> =>
    Object.fromEntries(Object.entries(old).filter(([key]) => key in keys)) as Partial<T>
  return {
    ...(postgres === undefined ? {} : { postgres: was({ ...plainPostgresTable, ...table.postgres }, postgres) }),
    ...(mysql === undefined ? {} : { mysql: was({ ...plainMysqlTable, ...table.mysql }, mysql) }),
    ...(sqlite === undefined ? {} : { sqlite: was({ ...plainSqliteTable, ...table.sqlite }, sqlite) }),
  }
}
