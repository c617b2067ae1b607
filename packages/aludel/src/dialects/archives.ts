// The SQL that copies rows and values into an archive table and back, as far as every engine says it alike.

import type { Column, Table, TableName } from '../schema/model.ts'

/** What moves rows and values aside and back. Each answer is a list of statements. */
export interface ArchiveTexts {
  /** The name of a table as statements have it. */
  at(name: TableName): string
  /** Copies columns of all rows into a table that this makes. */
  copy(from: Table, columns: readonly Column[], archive: TableName, options: CopyOptions): readonly string[]
  /** Undoes the copying, however far it came. */
  forget(archive: TableName): readonly string[]
  /** The rows back into an empty table, numbered columns as they were. */
  rows(to: Table, columns: readonly Column[], archive: TableName): readonly string[]
  /** The values back into a column, for the rows whose key the archive has. */
  values(to: Table, column: Column, archive: TableName): readonly string[]
  /** Takes note of what a column's values have become, so that it can be told which of them change later. */
  note(from: Table, column: string, archive: TableName): readonly string[]
  /** Takes those out of the archive that have changed since: they are newer than what was kept. */
  forgetChanged(from: Table, column: string, archive: TableName): readonly string[]
}

export interface CopyOptions {
  /** The columns by which the archive will be asked; none for one that is only read whole. */
  readonly key: readonly string[]
  /** True where `note` will be called. */
  readonly noted: boolean
}

/** Where engines differ. The table is always called `t`, its archive `a`. */
export interface ArchiveStyle {
  quote(name: string): string
  at(name: TableName): string
  /** A column as it is copied: what an archive holds may not hang on a type that is dropped later. */
  kept(column: Column, text: string): string
  /** A kept value as the column takes it. */
  given(column: Column, text: string): string
  /** Makes an archive from a query, with a key and with one more column, where those are given. */
  made(
    archive: string,
    select: string,
    extra: { readonly key: string | null; readonly column: string | null },
  ): readonly string[]
  /** Sets a column of `target` from `source`, for the rows that `on` joins. */
  update(change: UpdateText): string
  /** Deletes the rows of an archive for which the condition holds. */
  deleteWhere(archive: string, condition: string): string
  /** The type that holds `exactly` of any value. */
  readonly exactType: string
  /** A value in a form that is equal only where it is the same to the last bit. */
  exactly(text: string): string
  same(one: string, other: string): string
  /** INSERT ... SELECT with what an engine needs around it to take the numbers of a numbered column. */
  insert(to: Table, columns: readonly Column[], select: string): readonly string[]
}

export interface UpdateText {
  readonly target: { readonly table: string; readonly alias: string }
  readonly source: { readonly table: string; readonly alias: string }
  readonly column: string
  readonly value: string
  readonly on: string
}

const after = 'aludel_after'

export function archiveTexts(style: ArchiveStyle): ArchiveTexts {
  const { at, quote } = style
  const keyed = ({ primaryKey }: Table) =>
    (primaryKey?.columns ?? []).map((column) => `t.${quote(column)} = a.${quote(column)}`).join(' AND ')
  const was = `a.${quote(after)}`
  return {
    at,
    copy: (from, columns, archive, { key, noted }) => {
      const list = columns.map((column) => {
        const name = quote(column.name)
        const text = style.kept(column, name)
        return text === name ? name : `${text} AS ${name}`
      })
      return style.made(at(archive), `SELECT ${list.join(', ')} FROM ${at(from)}`, {
        key: key.length === 0 ? null : key.map(quote).join(', '),
        column: noted ? `${quote(after)} ${style.exactType}`.trimEnd() : null,
      })
    },
    forget: (archive) => [`DROP TABLE IF EXISTS ${at(archive)}`],
    rows: (to, columns, archive) => {
      const list = columns.map((column) => style.given(column, `a.${quote(column.name)}`)).join(', ')
      return style.insert(to, columns, `SELECT ${list} FROM ${at(archive)} AS a`)
    },
    values: (to, column, archive) => [
      style.update({
        target: { table: at(to), alias: 't' },
        source: { table: at(archive), alias: 'a' },
        column: column.name,
        value: style.given(column, `a.${quote(column.name)}`),
        on: keyed(to),
      }),
    ],
    note: (from, column, archive) => [
      style.update({
        target: { table: at(archive), alias: 'a' },
        source: { table: at(from), alias: 't' },
        column: after,
        value: style.exactly(`t.${quote(column)}`),
        on: keyed(from),
      }),
    ],
    forgetChanged: (from, column, archive) => {
      const same = style.same(was, style.exactly(`t.${quote(column)}`))
      const found = `SELECT 1 FROM ${at(from)} AS t WHERE ${keyed(from)} AND NOT (${same})`
      return [style.deleteWhere(at(archive), `EXISTS (${found})`)]
    },
  }
}

/** For engines that say it in several statements. */
export function madeInSteps(
  archive: string,
  select: string,
  { key, column }: { readonly key: string | null; readonly column: string | null },
): readonly string[] {
  return [
    `CREATE TABLE ${archive} AS ${select}`,
    ...(key === null ? [] : [key]),
    ...(column === null ? [] : [`ALTER TABLE ${archive} ADD COLUMN ${column}`]),
  ]
}
