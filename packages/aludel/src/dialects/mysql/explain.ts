// MySQL's and MariaDB's errors in the vocabulary of the house, by the numbers that never change.

import type { EngineError, EngineErrorKind } from '../dialect.ts'

const kinds: { readonly [Kind in EngineErrorKind]?: readonly number[] } = {
  'lock-timeout': [1205, 3572],
  'statement-timeout': [1969, 3024],
  deadlock: [1213, 3058],
  serialization: [1020],
  'dependent-objects': [1217, 1451, 1553, 1701, 1828, 1829, 1832, 1833, 1834, 3108, 3730, 3837, 3855, 3959],
  unique: [1022, 1062, 1169, 1586, 1859],
  'foreign-key': [1216, 1452],
  'not-null': [1048, 1138, 1263, 1364, 1566],
  check: [3819, 4025],
  'already-exists': [1007, 1050, 1060, 1061, 1068, 1304, 1359, 1537, 1826, 3822, 4096],
  'does-not-exist': [1008, 1051, 1054, 1072, 1091, 1109, 1146, 1176, 1305, 1360, 1512, 1539, 1824, 3821, 3940, 4092],
  syntax: [1064, 1065, 1149],
  permission: [1044, 1142, 1143, 1227, 1370, 1419],
  authentication: [1045, 1130, 1251, 1396, 1524, 1698, 1862, 3118],
  'unknown-database': [1049, 1046],
  unreachable: [1040, 1053, 1077, 1129, 1152, 1158, 1159, 1160, 1161, 1203, 2002, 2003, 2005, 2006, 2013],
  'read-only': [1036, 1290, 1792, 1836, 3100],
  'disk-full': [1021, 1114, 3168],
  cast: [1264, 1265, 1292, 1366, 1406, 1411, 1416, 1441, 1690, 1916, 3140],
  'in-transaction': [1568, 1180],
}

const kindOf: ReadonlyMap<number, EngineErrorKind> = new Map(
  Object.entries(kinds).flatMap(([kind, numbers]) => numbers.map((number) => [number, kind as EngineErrorKind])),
)

/** What the driver's errors hold, as far as it is there. */
interface DriverError {
  readonly message: string
  readonly errno?: number | undefined
  readonly code?: string | undefined
  readonly sql?: string | undefined
  /** Put there by our own connection: the foreign keys that refused a DROP TABLE. */
  readonly dependants?: readonly string[] | undefined
}

export function explain(error: unknown): EngineError {
  const held: DriverError = error instanceof Error ? error : { message: String(error) }
  // Several addresses refused at once make an error without a sentence of its own.
  const message = held.message === '' ? (held.code ?? 'no reason was given') : held.message
  const engineNumber = held.errno !== undefined && held.errno > 0 ? held.errno : null
  const code = engineNumber !== null ? String(engineNumber) : (held.code ?? '')
  return {
    kind: kindFor(held, engineNumber),
    message,
    code,
    detail: detailOf(engineNumber, message),
    objects: held.dependants ?? objectsIn(message),
  }
}

function kindFor({ code, message, sql }: DriverError, number: number | null): EngineErrorKind {
  if (number === null) return isLost(code, message) ? 'unreachable' : 'other'
  // One number for two refusals: a row that others refer to, and a table that others refer to.
  if (number === 1451 && /^\s*(?:delete|update|replace|insert)\b/i.test(sql ?? '')) return 'foreign-key'
  // "Can't create table" and "Error on rename" tell why in a number of their own; a table that is not changed because
  // it would no longer fit others' foreign keys is an error of the second kind.
  if (number === 1005 || number === 1025) {
    if (/errno: 121\b/.test(message)) return 'already-exists'
    return number === 1025 && /errno: 150\b/.test(message) ? 'dependent-objects' : 'other'
  }
  return kindOf.get(number) ?? 'other'
}

const lostCodes =
  /^(?:ECONN\w+|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|EAI_AGAIN|ENOENT|PROTOCOL_CONNECTION_LOST|PROTOCOL_ENQUEUE_AFTER_\w+|HANDSHAKE_\w+)$/

function isLost(code: string | undefined, message: string): boolean {
  return lostCodes.test(code ?? '') || /closed state|connection is closed/i.test(message)
}

function detailOf(number: number | null, message: string): string | null {
  if (number === 1005 && /errno: 150\b/.test(message)) {
    return 'A foreign key needs columns of the same type and collation on both sides, and a key or index on those that it refers to.'
  }
  if (number === 1553) return 'Drop the foreign key first, or make another index that begins with its columns.'
  return null
}

const patterns: readonly RegExp[] = [
  // a foreign key constraint fails (`shop`.`order`, CONSTRAINT `fk_user` FOREIGN KEY ...
  /\(`(?:[^`]|``)*`\.`(?<table>(?:[^`]|``)*)`, CONSTRAINT `(?<name>(?:[^`]|``)*)`/,
  // MySQL: Cannot drop table 'user' referenced by a foreign key constraint 'fk_user' on table 'order'.
  /foreign key constraint '(?<name>[^']+)' (?:on|of) table '(?:[^'.]+\.)?(?<table>[^']+)'/,
  /CONSTRAINT [`'"]?(?:(?<table>[\w$]+)\.)?(?<name>[\w$]+)[`'"]? failed/,
  /Check constraint '(?<name>[^']+)' is violated/,
  /for key '(?<name>[^']+)'/,
  /(?:Table|Unknown table) '(?:[^'.]+\.)?(?<name>[^']+)'/,
  /(?:Column|Field|Unknown column|Duplicate column name|Duplicate key name|Cannot drop index) '(?<name>[^']+)'/,
  /Can't DROP [A-Z ]*[`'](?<name>[^`']+)[`']/,
]

function objectsIn(message: string): readonly string[] {
  for (const pattern of patterns) {
    const { table, name } = pattern.exec(message)?.groups ?? {}
    if (name !== undefined) return [table === undefined ? name : `${table}.${name}`]
  }
  return []
}
