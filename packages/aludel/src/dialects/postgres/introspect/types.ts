// Domains, composite types and range types, each with what belongs to it.

import type { Connection } from '../../../database/types.ts'
import type { Check, ColumnType, EnumType } from '../../../schema/model.ts'
import type { Attribute, CompositeType, DefinedObject, Domain } from '../../../schema/object-model.ts'
import { unlessPlain } from '../../../schema/postgres-model.ts'
import { rawSql } from '../../../schema/sql.ts'
import { readDefault } from '../defaults.ts'
import { qualified, quote } from '../literal.ts'
import { printedSql, reenterable } from '../reenter.ts'
import { parseType } from '../types.ts'
import { ownObject, userNamespaces } from './scope.ts'

type Enums = ReadonlyMap<number, EnumType>

interface Named {
  readonly namespace: string | null
  readonly name: string
}

export async function readTypes(
  db: Connection,
  enums: Promise<Enums>,
): Promise<readonly (Domain | CompositeType | DefinedObject)[]> {
  const lists = await Promise.all([readDomains(db, enums), readComposites(db, enums), readRanges(db)])
  return lists.flat()
}

function typeOf(oid: number, text: string, enums: Enums): ColumnType {
  const enumeration = enums.get(oid)
  return enumeration === undefined ? parseType(text) : { kind: 'enumeration', ...enumeration }
}

const own = `${userNamespaces} AND ${ownObject('pg_type', 't.oid')}`
const place = 'nullif(n.nspname, current_schema()) AS namespace, t.typname AS name'
const inOrder = 'ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C"'

interface DomainRow extends Named {
  readonly base: number
  readonly type: string
  readonly filled: boolean
  readonly default: string | null
  readonly collation: string | null
  /** A JSON list. */
  readonly checks: string | null
}

interface CheckRow {
  readonly name: string
  readonly valid: boolean
  readonly condition: string
}

async function readDomains(db: Connection, readEnums: Promise<Enums>): Promise<readonly Domain[]> {
  const { rows } = await db.query<DomainRow>(`SELECT ${place}, t.typbasetype AS base,
      format_type(t.typbasetype, t.typtypmod) AS type, t.typnotnull AS filled,
      pg_get_expr(t.typdefaultbin, 0) AS default,
      CASE WHEN t.typcollation <> b.typcollation THEN l.collname END AS collation,
      (SELECT json_agg(json_build_object('name', k.conname, 'valid', k.convalidated, 'condition', pg_get_expr(k.conbin, 0))
        ORDER BY k.conname COLLATE "C")::text FROM pg_constraint k WHERE k.contypid = t.oid AND k.contype = 'c') AS checks
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_type b ON b.oid = t.typbasetype
    LEFT JOIN pg_collation l ON l.oid = t.typcollation
    WHERE t.typtype = 'd' AND ${own} ${inOrder}`)
  const enums = await readEnums
  return rows.map((row) => {
    const type = typeOf(row.base, row.type, enums)
    const checks: readonly CheckRow[] = row.checks === null ? [] : JSON.parse(row.checks)
    return {
      kind: 'domain',
      namespace: row.namespace,
      name: row.name,
      type,
      nullable: !row.filled,
      default: row.default === null ? null : readDefault(reenterable(row.default), type),
      collation: row.collation,
      checks: checks.map(checkOf),
    }
  })
}

function checkOf({ name, valid, condition }: CheckRow): Check {
  const postgres = unlessPlain({ notValid: !valid, noInherit: false }, { notValid: false, noInherit: false })
  return { name, condition: printedSql(condition), postgres }
}

interface AttributeRow extends Named {
  readonly oid: number
  readonly attribute: string | null
  readonly typeNumber: number
  readonly type: string
  readonly collation: string | null
}

async function readComposites(db: Connection, readEnums: Promise<Enums>): Promise<readonly CompositeType[]> {
  const { rows } = await db.query<AttributeRow>(`SELECT t.oid, ${place}, a.attname AS attribute,
      a.atttypid AS "typeNumber", format_type(a.atttypid, a.atttypmod) AS type,
      CASE WHEN a.attcollation <> b.typcollation THEN l.collname END AS collation
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace JOIN pg_class c ON c.oid = t.typrelid AND c.relkind = 'c'
    LEFT JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_type b ON b.oid = a.atttypid LEFT JOIN pg_collation l ON l.oid = a.attcollation
    WHERE t.typtype = 'c' AND ${own} ${inOrder}, a.attnum`)
  const enums = await readEnums
  const types = new Map<number, CompositeType & { readonly attributes: Attribute[] }>()
  for (const { oid, namespace, name, attribute, typeNumber, type, collation } of rows) {
    const composite = types.get(oid) ?? { kind: 'compositeType', namespace, name, attributes: [] }
    if (attribute !== null) {
      composite.attributes.push({ name: attribute, type: typeOf(typeNumber, type, enums), collation })
    }
    types.set(oid, composite)
  }
  return [...types.values()]
}

interface RangeRow extends Named {
  readonly subtype: string
  readonly operatorClass: string | null
  readonly collation: string | null
  readonly canonical: string | null
  readonly difference: string | null
  readonly multirange: string | null
}

/** What a range is made of is known by its whole text, what it would have anyway left out. */
async function readRanges(db: Connection): Promise<readonly DefinedObject[]> {
  const { rows } = await db.query<RangeRow>(`SELECT ${place}, format_type(r.rngsubtype, NULL) AS subtype,
      CASE WHEN NOT o.opcdefault THEN quote_ident(m.nspname) || '.' || quote_ident(o.opcname) END AS "operatorClass",
      CASE WHEN r.rngcollation <> b.typcollation THEN quote_ident(l.collname) END AS collation,
      CASE WHEN r.rngcanonical <> 0 THEN r.rngcanonical::regproc::text END AS canonical,
      CASE WHEN r.rngsubdiff <> 0 THEN r.rngsubdiff::regproc::text END AS difference,
      quote_ident(x.typname) AS multirange
    FROM pg_range r JOIN pg_type t ON t.oid = r.rngtypid JOIN pg_namespace n ON n.oid = t.typnamespace
    JOIN pg_type b ON b.oid = r.rngsubtype LEFT JOIN pg_type x ON x.oid = r.rngmultitypid
    JOIN pg_opclass o ON o.oid = r.rngsubopc JOIN pg_namespace m ON m.oid = o.opcnamespace
    LEFT JOIN pg_collation l ON l.oid = r.rngcollation
    WHERE ${own} ${inOrder}`)
  return rows.map((row) => ({
    kind: 'defined',
    type: 'type',
    namespace: row.namespace,
    name: row.name,
    table: null,
    text: { all: rawSql(rangeText(row)) },
  }))
}

function rangeText(row: RangeRow): string {
  const { subtype, operatorClass, collation, canonical, difference, multirange } = row
  const usual = row.name.includes('range') ? row.name.replace('range', 'multirange') : `${row.name}_multirange`
  const parts = [
    `SUBTYPE = ${subtype}`,
    ...(operatorClass === null ? [] : [`SUBTYPE_OPCLASS = ${operatorClass}`]),
    ...(collation === null ? [] : [`COLLATION = ${collation}`]),
    ...(canonical === null ? [] : [`CANONICAL = ${canonical}`]),
    ...(difference === null ? [] : [`SUBTYPE_DIFF = ${difference}`]),
    ...(multirange === null || multirange === usual || multirange === quote(usual)
      ? []
      : [`MULTIRANGE_TYPE_NAME = ${multirange}`]),
  ]
  return `CREATE TYPE ${qualified(row)} AS RANGE (${parts.join(', ')})`
}
