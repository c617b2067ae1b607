// What the tests of PostgreSQL alone start from.

import { record } from '../../src/ops/recorder.ts'
import type { Operations } from '../../src/ops/surface.ts'
import { defaultNaming } from '../../src/schema/naming.ts'
import { engines } from '../engines/index.ts'
import { type Bench, withBench } from './bench.ts'

const engine = engines.find(({ name }) => name === 'postgres')
if (engine === undefined) throw new Error('The list of engines has no PostgreSQL.')

export const postgres = engine

export function withPostgres<T>(body: (bench: Bench) => Promise<T>): Promise<T> {
  return withBench(postgres, body)
}

/** Records operations and runs them, one step. */
export function step({ run, dialect }: Bench, work: (op: Operations) => void): Promise<void> {
  return run(record({ dialect: dialect.name, features: dialect.features, naming: defaultNaming }, work))
}

/** The rows of a query, every row a list of its values. */
export async function rowsOf({ db }: Pick<Bench, 'db'>, sql: string): Promise<readonly (readonly unknown[])[]> {
  const { rows } = await db.query<Record<string, unknown>>(sql)
  return rows.map((row) => Object.values(row))
}
