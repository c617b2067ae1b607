// The enumerations of a database, by the number that columns know their type by.

import type { Connection } from '../../../database/types.ts'
import type { EnumType } from '../../../schema/model.ts'
import type { Scope } from '../../dialect.ts'
import { wantedEnums } from './scope.ts'

interface ValueRow {
  readonly oid: number
  readonly namespace: string | null
  readonly name: string
  readonly value: string | null
}

export async function readEnums(
  db: Connection,
  scope: Scope,
  tables: readonly number[],
): Promise<ReadonlyMap<number, EnumType>> {
  const { rows } = await db.query<ValueRow>(`SELECT t.oid, nullif(n.nspname, current_schema()) AS namespace,
      t.typname AS name, v.enumlabel AS value
    FROM pg_type t JOIN pg_namespace n ON n.oid = t.typnamespace LEFT JOIN pg_enum v ON v.enumtypid = t.oid
    WHERE ${wantedEnums(scope, tables)}
    ORDER BY n.nspname COLLATE "C", t.typname COLLATE "C", v.enumsortorder`)
  const enums = new Map<number, EnumType & { readonly values: string[] }>()
  for (const { oid, namespace, name, value } of rows) {
    const type = enums.get(oid) ?? { namespace, name, values: [] }
    if (value !== null) type.values.push(value)
    enums.set(oid, type)
  }
  return enums
}
