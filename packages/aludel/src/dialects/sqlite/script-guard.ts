// What a script can look at before it commits: rows that lost their referent, and tables that lost theirs.

import { literal } from './literal.ts'
import { script } from './script.ts'

const earlier = 'temp."aludel_violations"'
const found = 'SELECT "table", "parent", count(*) AS "count" FROM pragma_foreign_key_check GROUP BY "table", "parent"'

/** Rows may have lost their referent long ago: the script is not blamed for those. */
export const rowsBegin: readonly string[] = [`DROP TABLE IF EXISTS ${earlier}`, `CREATE TABLE ${earlier} AS ${found}`]

export const rowsRequired: readonly string[] = [
  ...script.require(
    `NOT EXISTS (SELECT 1 FROM (${found}) "now" LEFT JOIN ${earlier} "was" ON "was"."table" = "now"."table" AND "was"."parent" = "now"."parent" WHERE "now"."count" > coalesce("was"."count", 0))`,
    'The step would leave rows whose referent is gone',
  ),
  `DROP TABLE ${earlier}`,
]

export function referentsRequired(dropped: readonly string[]): readonly string[] {
  if (dropped.length === 0) return []
  const gone = dropped.map((name) => literal(name)).join(', ')
  return script.require(
    `NOT EXISTS (SELECT 1 FROM sqlite_master "t", pragma_foreign_key_list("t"."name") "f" WHERE "t"."type" = 'table' AND "f"."table" COLLATE NOCASE IN (${gone}) AND NOT EXISTS (SELECT 1 FROM sqlite_master "p" WHERE "p"."type" = 'table' AND "p"."name" = "f"."table" COLLATE NOCASE))`,
    'A table that another refers to cannot be dropped',
  )
}
