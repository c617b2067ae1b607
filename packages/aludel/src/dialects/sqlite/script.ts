// A script for sqlite3: what must hold before it goes on, and where a statement ends.

import type { ScriptTexts } from '../dialect.ts'
import { quote } from './literal.ts'
import { nowSql } from './render/table.ts'

const table = 'temp."aludel_requirement"'

export const script: ScriptTexts = {
  now: nowSql.timestamp,
  elapsed: null,
  // RAISE belongs to triggers; the name of a check is what the error shows.
  require: (condition, message) => [
    `DROP TABLE IF EXISTS ${table}`,
    `CREATE TABLE ${table} ("holds" INTEGER, CONSTRAINT ${quote(message)} CHECK ("holds"))`,
    `INSERT INTO ${table} SELECT ${condition}`,
    `DROP TABLE ${table}`,
  ],
  ended: (statement) => (/--[^\n]*$/.test(statement) ? `${statement}\n;` : `${statement};`),
}
