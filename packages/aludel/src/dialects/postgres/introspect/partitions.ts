// What tables have from others: the tables that they inherit from, and the partitions of partitioned ones.

import type { Connection } from '../../../database/types.ts'
import type { PartitionKey, TableName } from '../../../schema/model.ts'
import type { Partition, PartitionBounds } from '../../../schema/object-model.ts'
import { rawSql, type Sql } from '../../../schema/sql.ts'
import { withoutParentheses } from '../literal.ts'
import { printedSql } from '../reenter.ts'
import { tokens } from '../tokens.ts'
import { ownObject, userNamespaces } from './scope.ts'

export interface ParentRow {
  readonly child: number
  readonly namespace: string | null
  readonly name: string
  readonly parentNamespace: string | null
  readonly parentName: string
  /** `FOR VALUES ...` of a partition; null of a table that inherits otherwise. */
  readonly bounds: string | null
  readonly partitionKey: string | null
}

export async function readParents(db: Connection): Promise<readonly ParentRow[]> {
  const { rows } = await db.query<ParentRow>(`SELECT c.oid AS child, nullif(n.nspname, current_schema()) AS namespace,
      c.relname AS name, nullif(m.nspname, current_schema()) AS "parentNamespace", p.relname AS "parentName",
      CASE WHEN c.relispartition THEN pg_get_expr(c.relpartbound, c.oid) END AS bounds,
      CASE c.relkind WHEN 'p' THEN pg_get_partkeydef(c.oid) END AS "partitionKey"
    FROM pg_inherits i JOIN pg_class c ON c.oid = i.inhrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    JOIN pg_class p ON p.oid = i.inhparent JOIN pg_namespace m ON m.oid = p.relnamespace
    WHERE c.relkind IN ('r', 'p') AND ${userNamespaces} AND ${ownObject('pg_class', 'c.oid')}
    ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", i.inhseqno`)
  return rows
}

export function parentOf({ parentNamespace, parentName }: ParentRow): TableName {
  return { namespace: parentNamespace, name: parentName }
}

export function partitionsIn(rows: readonly ParentRow[]): readonly Partition[] {
  return rows.flatMap((row): readonly Partition[] => {
    const { namespace, name, bounds, partitionKey } = row
    if (bounds === null) return []
    return [
      {
        kind: 'partition',
        namespace,
        name,
        parent: parentOf(row),
        bounds: boundsOf(bounds),
        table: null,
        partitionBy: partitionKey === null ? null : partitionKeyOf(partitionKey),
      },
    ]
  })
}

function boundsOf(text: string): PartitionBounds {
  if (text === 'DEFAULT') return { default: true }
  const hash = /^FOR VALUES WITH \(modulus (\d+), remainder (\d+)\)$/i.exec(text)
  if (hash !== null) return { modulus: Number(hash[1]), remainder: Number(hash[2]) }
  const [first = [], second = []] = lists(text).map((list) => list.map(boundOf))
  return text.startsWith('FOR VALUES IN') ? { in: first } : { from: first, to: second }
}

function boundOf(text: string): Sql {
  return rawSql(text)
}

/** `RANGE (at, lower(name))` */
export function partitionKeyOf(text: string): PartitionKey {
  const word = text.slice(0, text.indexOf(' ')).toLowerCase()
  const method = word === 'list' || word === 'hash' ? word : 'range'
  const parts = lists(text)[0] ?? []
  return {
    method,
    by: parts.map((part) =>
      isName(part) ? { column: nameOf(part) } : { expression: printedSql(withoutParentheses(part)) },
    ),
  }
}

function isName(text: string): boolean {
  const [first, ...others] = [...tokens(text)]
  return others.length === 0 && (first?.kind === 'word' || first?.kind === 'name')
}

function nameOf(text: string): string {
  return text.startsWith('"') ? text.slice(1, -1).replaceAll('""', '"') : text
}

/** What stands between the outermost parentheses of a text, taken apart at its commas. */
function lists(text: string): readonly (readonly string[])[] {
  const found: string[][] = []
  let depth = 0
  let from = 0
  for (const { kind, start, end } of tokens(text)) {
    if (kind !== 'symbol') continue
    const mark = text[start]
    if (mark === '(' || mark === '[') {
      depth += 1
      if (depth === 1) {
        found.push([])
        from = end
      }
    } else if (mark === ')' || mark === ']' || (mark === ',' && depth === 1)) {
      if (mark !== ',') depth -= 1
      if (depth === 0 || mark === ',') {
        found.at(-1)?.push(text.slice(from, start).trim())
        from = end
      }
    }
  }
  return found
}
