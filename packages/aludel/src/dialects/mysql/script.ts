// A script for the clients mariadb and mysql: what must hold before it goes on, and where a statement ends.

import type { ScriptTexts } from '../dialect.ts'
import { literal, quote } from './literal.ts'
import { tokenize } from './tokens.ts'

const longestName = 64

export const script: ScriptTexts = {
  now: 'UTC_TIMESTAMP(6)',
  elapsed: null,
  // SIGNAL is for stored programs, which need a right of their own; the name of a missing table is what the error shows.
  require: (condition, message) => [
    `SET @aludel_requirement = IF(${condition}, 'DO 0', ${literal(
      `SELECT * FROM ${quote(
        message
          .replace(/[ .]+$/, '')
          .slice(0, longestName)
          .trimEnd(),
      )}`,
    )})`,
    'PREPARE aludel_requirement FROM @aludel_requirement',
    'EXECUTE aludel_requirement',
    'DEALLOCATE PREPARE aludel_requirement',
  ],
  // The client cuts at every semicolon that is not in quotes, also inside a stored program.
  ended: (statement) => {
    const marks = [...tokenize(statement)].filter(({ kind, text }) => kind === 'mark' && text === ';')
    if (marks.length > 0) return `DELIMITER ;;\n${statement}\n;;\nDELIMITER ;`
    return /(?:--|#)[^\n]*$/.test(statement) ? `${statement}\n;` : `${statement};`
  },
}
