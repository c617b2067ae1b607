// The database's schema in the chain's own words, wherever both agree: so that the way back names neutral types too.

import type { Dialect } from '../dialects/dialect.ts'
import { sameData } from '../schema/canonical.ts'
import { enumsIn, findEnum, tableFinder } from '../schema/lookup.ts'
import type { Column, Schema, Table } from '../schema/model.ts'

/** `actual` with each table, column, key and index as the chain wrote it, where its normalized form is what is there. */
export function inChainWords(actual: Schema, chain: Schema, dialect: Dialect): Schema {
  const normal = dialect.normalize(chain)
  const [inChain, inNormal] = [tableFinder(chain), tableFinder(normal)]
  const tables = actual.tables.map((table) => {
    const [own, double] = [inChain(table), inNormal(table)]
    return own === null || double === null ? table : tableInWords(table, own, double)
  })
  // Engines without named enumerations report none; the chain's columns tell which there are.
  const told = enumsIn(tables.flatMap((table) => table.columns)).filter(
    (type) => type.name !== '' && findEnum(actual, type) === null,
  )
  return { ...actual, tables, enums: [...actual.enums, ...told] }
}

function tableInWords(actual: Table, own: Table, double: Table): Table {
  return {
    ...actual,
    columns: actual.columns.map((column) => columnInWords(column, own, double)),
    uniques: partsInWords(actual.uniques, own.uniques, double.uniques),
    foreignKeys: partsInWords(actual.foreignKeys, own.foreignKeys, double.foreignKeys),
    checks: partsInWords(actual.checks, own.checks, double.checks, () => true),
    indexes: partsInWords(actual.indexes, own.indexes, double.indexes),
    primaryKey: samePrimaryKey(actual, double) ? own.primaryKey : actual.primaryKey,
    comment: sameData(actual.comment, double.comment) ? own.comment : actual.comment,
  }
}

function columnInWords(actual: Column, own: Table, double: Table): Column {
  const at = double.columns.findIndex((column) => column.name === actual.name)
  const [mine, normal] = [own.columns[at], double.columns[at]]
  if (mine === undefined || normal === undefined || mine.name !== actual.name) return actual
  if (sameData(actual, normal)) return mine
  return {
    ...actual,
    type: sameData(actual.type, normal.type) ? mine.type : actual.type,
    default: sameData(actual.default, normal.default) ? mine.default : actual.default,
  }
}

function samePrimaryKey(actual: Table, double: Table): boolean {
  return sameData(actual.primaryKey?.columns, double.primaryKey?.columns)
}

/** Parts found again by name; `alike` decides for those whose normalized data differ. */
function partsInWords<T extends { readonly name: string | null }>(
  actual: readonly T[],
  own: readonly T[],
  double: readonly T[],
  alike: (a: T, b: T) => boolean = () => false,
): readonly T[] {
  return actual.map((part) => {
    const mine = own.find((one) => one.name === part.name)
    const normal = double.find((one) => one.name === part.name)
    if (mine === undefined || normal === undefined || part.name === null) return part
    return sameData(part, normal) || alike(part, normal) ? mine : part
  })
}
