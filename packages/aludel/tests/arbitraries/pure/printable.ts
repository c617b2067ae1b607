// Operations of every kind whose names and texts are the worst that a printer can meet.

import fc from 'fast-check'
import type { Value } from '../../../src/database/types.ts'
import { archiveName } from '../../../src/ops/archives.ts'
import type { Op } from '../../../src/ops/operations.ts'
import { plainSqliteTable } from '../../../src/schema/model.ts'
import { plainMysqlTable } from '../../../src/schema/mysql-model.ts'
import { type Sql, sql } from '../../../src/schema/sql.ts'
import { type Draw, draws } from './draw.ts'
import { withObjects } from './objects.ts'
import { makeOp, opKinds } from './op.ts'
import { makeSchema } from './schema.ts'
import { nastyNames, texts, values } from './texts.ts'

const inBytes = (text: string) => new TextEncoder().encode(text).length
const names = fc.uniqueArray(
  nastyNames.filter((name) => inBytes(name) <= 63),
  { minLength: 30, maxLength: 30 },
)
const pools = fc.record({
  names,
  texts: fc.array(texts, { minLength: 5, maxLength: 5 }),
  values: fc.array(values, { minLength: 5, maxLength: 5 }),
})
type Pools = typeof pools extends fc.Arbitrary<infer T> ? T : never

/** One operation of each kind that can be printed and read back. */
export const printableOps: fc.Arbitrary<readonly Op[]> = fc.tuple(draws, pools).map(([draw, pool]) => {
  const schema = withObjects(draw, makeSchema(draw))
  const made = opKinds().flatMap((kind) => (kind === 'run' ? [] : (makeOp(draw, schema, kind) ?? [])))
  return made.map((op) => nasty(adorned(op, draw), pool))
})

/** What only one engine knows of a table, and SQL for each of them. */
function adorned(op: Op, draw: Draw): Op {
  if (op.kind === 'execute' && draw.chance(50)) {
    const [one] = 'all' in op.sql ? op.sql.all : []
    return one === undefined ? op : { ...op, sql: { per: { sqlite: [one, one], postgres: [one] } }, touches: ['user'] }
  }
  if (op.kind !== 'createTable') return op
  const triggers = draw.chance(50) ? ["CREATE TRIGGER x AFTER INSERT ON user BEGIN SELECT 'a'; END"] : []
  return {
    ...op,
    table: {
      ...op.table,
      postgres: draw.oneOf([
        null,
        {
          unlogged: true,
          exclusions: [],
          partitionBy: { method: 'list', by: [{ expression: sql`a + ${1}` }] },
          inherits: [{ namespace: 'app', name: 'parent' }],
          with: { fillfactor: '70' },
          accessMethod: 'heap',
          replicaIdentity: draw.oneOf(['full', { index: 'user_key' }]),
        },
      ]),
      mysql: draw.oneOf([
        null,
        { ...plainMysqlTable, engine: 'InnoDB', collation: 'utf8mb4_bin', options: { ROW_FORMAT: 'DYNAMIC' } },
      ]),
      sqlite: draw.oneOf([null, { ...plainSqliteTable, strict: true, nullableKey: ['a'], triggers }]),
    },
  }
}

// Words of the model itself, which are no names: kinds, types and choices.
const words = new Set(
  'kind type now value sql btree integer bigint smallint string text boolean numeric float double date time timestamp json uuid binary enumeration raw domain primaryKey unique foreignKey check immediate deferred simple full cascade restrict InnoDB exclude gist all select insert update delete policy rowSecurity sequence namespace function SELECT UPDATE EXECUTE ALL also only partition range list hash first last routine procedure aggregate rule statistics defined compositeType view materializedView trigger index object extension enum comment'.split(
    ' ',
  ),
)
const choices = new Set(['no action', 'set null', 'set default', 'utf8mb4_bin', 'event trigger'])

/** The operation with every name in it replaced by a nasty one, always by the same; so are values and pieces of SQL. */
function nasty(op: Op, pool: Pools): Op {
  const given = new Map<string, string>()
  const nameFor = (name: string): string => {
    const known = given.get(name) ?? pool.names[given.size % pool.names.length] ?? name
    given.set(name, known)
    return known
  }
  const worse = (value: unknown, key: string): unknown => {
    if (typeof value === 'string') return worseText(value, key, nameFor)
    // What is printed has a name in the end: none takes the convention's.
    if (value === null && key === 'name') return nameFor('none')
    if (Array.isArray(value)) return value.map((item) => worse(item, key))
    if (typeof value !== 'object' || value === null) return value
    if ('parts' in value && !('name' in value)) return worseSql(value as Sql, pool, nameFor)
    const renamesKeys =
      key === 'rows' || key === 'operatorClasses' || key === 'length' || key === 'with' || key === 'replace'
    const made = Object.fromEntries(
      Object.entries(value).map(([own, held]) => [
        renamesKeys ? nameFor(own) : own,
        key === 'rows' ? pool.values[own.length % pool.values.length] : worse(held, own),
      ]),
    )
    // An archive is named after what it is of.
    return 'archive' in made
      ? { ...made, archive: archiveName('', made.op as Parameters<typeof archiveName>[1]) }
      : made
  }
  // A path is no name: most of what is nasty in one is refused.
  const kept = op.kind === 'insertFile' ? { file: op.file } : {}
  return { ...(worse(op, '') as Op), ...kept, kind: op.kind } as Op
}

function worseText(text: string, key: string, nameFor: (name: string) => string): string {
  if (key === 'kind' || key === 'operator' || choices.has(text) || (words.has(text) && key !== 'name')) return text
  return nameFor(text)
}

function worseSql({ parts }: Sql, pool: Pools, nameFor: (name: string) => string): Sql {
  const text = (at: number) => pool.texts[at % pool.texts.length] ?? ''
  const value = (at: number): Value => pool.values[at % pool.values.length] ?? null
  return {
    parts: parts.map((part, at) => {
      if (typeof part === 'string') return text(at)
      return 'name' in part ? { name: part.name.map(nameFor) } : { value: value(at) }
    }),
  }
}
