// Whether two partitions keep the same rows, and two policies hold for the same roles: what the server alone can tell of them.

import type { Connection } from '../../database/types.ts'
import { sameData } from '../../schema/canonical.ts'
import type { Partition, PartitionBounds, Policy } from '../../schema/object-model.ts'
import { literal, written } from './literal.ts'

export async function sameBounds(db: Connection, actual: Partition, wanted: Partition): Promise<boolean> {
  const [was, is] = [sidesOf(actual.bounds), sidesOf(wanted.bounds)]
  if (was === null || is === null || was.length !== is.length) return false
  const types = await keyTypes(db, wanted)
  const questions: string[] = []
  for (const [at, side] of was.entries()) {
    const other = is[at] ?? []
    if (side.length !== other.length) return false
    for (const [place, text] of side.entries()) {
      const wish = other[place] ?? ''
      if (text === wish) continue
      // In a list every value is one of the only key; in a range each has a key of its own.
      const type = types['in' in wanted.bounds ? 0 : place]
      if (type == null || isWord(text) || isWord(wish)) return false
      questions.push(`(${text}\n)::${type} IS NOT DISTINCT FROM (${wish}\n)::${type}`)
    }
  }
  if (questions.length === 0) return true
  const { rows } = await db.query<{ same: boolean }>(`SELECT ${questions.join(' AND ')} AS same`)
  return rows[0]?.same === true
}

function sidesOf(bounds: PartitionBounds): readonly (readonly string[])[] | null {
  if ('in' in bounds) return [bounds.in.map(written)]
  return 'from' in bounds ? [bounds.from.map(written), bounds.to.map(written)] : null
}

function isWord(text: string): boolean {
  return /^(?:MINVALUE|MAXVALUE)$/i.test(text.trim())
}

/** The types of the columns that tell which partition a row goes to; null for an expression. */
async function keyTypes(db: Connection, { parent }: Partition): Promise<readonly (string | null)[]> {
  const namespace = parent.namespace === null ? 'current_schema()' : literal(parent.namespace)
  const { rows } = await db.query<{ type: string | null }>(`SELECT format_type(a.atttypid, a.atttypmod) AS type
    FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid JOIN pg_namespace n ON n.oid = c.relnamespace
    CROSS JOIN unnest(p.partattrs::int2[]) WITH ORDINALITY AS k (number, place)
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.number AND k.number > 0
    WHERE c.relname = ${literal(parent.name)} AND n.nspname = ${namespace} ORDER BY k.place`)
  return rows.map(({ type }) => type)
}

/** CURRENT_USER is the role that asks, whose name is what the server keeps. */
export async function sameRoles(db: Connection, actual: Policy, wanted: Policy): Promise<boolean> {
  if (sameData(actual.to, wanted.to)) return true
  const isMe = (role: string) => /^(?:CURRENT_USER|CURRENT_ROLE|SESSION_USER)$/i.test(role)
  if (!wanted.to.some(isMe)) return false
  const { rows } = await db.query<{ me: string }>('SELECT current_user::text AS me')
  const named = wanted.to.map((role) => (isMe(role) ? (rows[0]?.me ?? role) : role))
  return sameData([...actual.to].sort(), [...new Set(named)].sort())
}
