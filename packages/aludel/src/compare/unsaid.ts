// What one engine alone knows of a table: of what a model does not say, the database may have what it likes.

import { sameData } from '../schema/canonical.ts'
import { tableFinder } from '../schema/lookup.ts'
import { plainSqliteTable, type Schema, type SqliteTable, type Table } from '../schema/model.ts'
import { type MysqlTable, plainMysqlTable } from '../schema/mysql-model.ts'

/** The database's schema without the settings that the model leaves open. */
export function withoutUnsaid(actual: Schema, model: Schema): Schema {
  const find = tableFinder(model)
  return {
    ...actual,
    tables: actual.tables.map((table) => {
      const own = find(table)
      return own === null ? table : { ...table, ...settingsSaid(table, own) }
    }),
  }
}

function settingsSaid(actual: Table, model: Table): Pick<Table, 'mysql' | 'sqlite'> {
  return { mysql: mysqlSaid(actual.mysql, model.mysql), sqlite: sqliteSaid(actual.sqlite, model.sqlite) }
}

function mysqlSaid(actual: MysqlTable | null, model: MysqlTable | null): MysqlTable | null {
  if (actual === null || model === null) return null
  const said = {
    engine: model.engine === null ? null : actual.engine,
    // A collation says its character set, and a character set alone takes any of its collations.
    charset: isSameText(actual, model) ? model.charset : model.charset === null ? null : actual.charset,
    collation: model.collation === null ? null : actual.collation,
    options: Object.fromEntries(Object.entries(actual.options).filter(([name]) => model.options[name] !== undefined)),
    partitions: model.partitions === null ? null : actual.partitions,
  }
  return sameData(said, plainMysqlTable) ? null : said
}

function isSameText(actual: MysqlTable, model: MysqlTable): boolean {
  return model.collation === null ? actual.charset === model.charset : actual.collation === model.collation
}

function sqliteSaid(actual: SqliteTable | null, model: SqliteTable | null): SqliteTable | null {
  if (actual === null) return null
  const { strict, withoutRowid, nullableKey } = model ?? plainSqliteTable
  const said = {
    ...actual,
    strict: actual.strict && strict,
    withoutRowid: actual.withoutRowid && withoutRowid,
    nullableKey,
  }
  return sameData(said, plainSqliteTable) ? null : said
}
