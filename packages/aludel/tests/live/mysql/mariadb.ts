// What the tests of MariaDB alone start from.

import type { Op } from '../../../src/ops/operations.ts'
import { record } from '../../../src/ops/recorder.ts'
import type { Operations } from '../../../src/ops/surface.ts'
import type { Column, Schema, Table } from '../../../src/schema/model.ts'
import { defaultNaming } from '../../../src/schema/naming.ts'
import { engines } from '../../engines/index.ts'
import { type Bench, withBench } from '../bench.ts'

const engine = engines.find(({ name }) => name === 'mysql')
if (engine === undefined) throw new Error('The list of engines has no MariaDB.')

export const mariadb = engine

export function withMariadb<T>(body: (bench: Bench) => Promise<T>): Promise<T> {
  return withBench(mariadb, body)
}

export function ops({ dialect }: Pick<Bench, 'dialect'>, work: (op: Operations) => void): readonly Op[] {
  return record({ dialect: dialect.name, features: dialect.features, naming: defaultNaming }, work)
}

/** Records operations and runs them, one step. */
export function step(bench: Bench, work: (op: Operations) => void): Promise<void> {
  return bench.run(ops(bench, work))
}

/** The rows of a query, every row a list of its values. */
export async function rowsOf({ db }: Pick<Bench, 'db'>, sql: string): Promise<readonly (readonly unknown[])[]> {
  const { rows } = await db.query<Record<string, unknown>>(sql)
  return rows.map((row) => Object.values(row))
}

export function introspected({ db, dialect }: Bench): Promise<Schema> {
  return dialect.introspect(db, 'all')
}

export async function tableIn(bench: Bench, name: string): Promise<Table> {
  const found = (await introspected(bench)).tables.find((table) => table.name === name)
  if (found === undefined) throw new Error(`There is no table ${name}.`)
  return found
}

export async function columnIn(bench: Bench, table: string, name: string): Promise<Column> {
  const found = (await tableIn(bench, table)).columns.find((column) => column.name === name)
  if (found === undefined) throw new Error(`There is no column ${table}.${name}.`)
  return found
}

/** The lines of SHOW CREATE TABLE between its parentheses, as the engine tells the table. */
export async function linesOf(bench: Bench, table: string): Promise<readonly string[]> {
  const [row] = await rowsOf(bench, `SHOW CREATE TABLE ${bench.dialect.quote(table)}`)
  return String(row?.[1])
    .split('\n')
    .slice(1, -1)
    .map((line) => line.trim().replace(/,$/, ''))
}
