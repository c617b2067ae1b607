// Types as they are reported.

import { tableKey } from '../../schema/define.ts'
import type { ColumnType, EnumType } from '../../schema/model.ts'
import { qualified } from './literal.ts'
import { parseType, typeText } from './types.ts'

/** The type as it is reported; a raw one may turn out to be an enumeration. */
export function normalType(type: ColumnType, enums: readonly EnumType[]): ColumnType {
  if (type.kind === 'enumeration') return type
  const parsed = parseType(typeText(type))
  if (parsed.kind !== 'raw') return parsed
  const names = (found: EnumType) => [tableKey(found), qualified(found)]
  const found = enums.find((candidate) => names(candidate).includes(parsed.sql))
  return found === undefined ? parsed : { kind: 'enumeration', ...found }
}
