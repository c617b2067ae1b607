// A script for psql: what must hold before it goes on, and where a statement ends.

import type { ScriptTexts } from '../dialect.ts'
import { literal } from './literal.ts'

export const script: ScriptTexts = {
  now: 'CURRENT_TIMESTAMP',
  elapsed: 'CAST(EXTRACT(EPOCH FROM clock_timestamp() - now()) * 1000 AS integer)',
  require: (condition, message) => {
    const body = `BEGIN\n  IF NOT (${condition}) THEN\n    RAISE EXCEPTION USING MESSAGE = ${literal(message)};\n  END IF;\nEND`
    const mark = markOutside(body)
    return [`DO ${mark}${body}${mark}`]
  },
  // A statement may end in a comment.
  ended: (statement) => (/--[^\n]*$/.test(statement) ? `${statement}\n;` : `${statement};`),
}

function markOutside(body: string, name = 'aludel'): string {
  const mark = `$${name}$`
  return body.includes(mark) ? markOutside(body, `${name}_`) : mark
}
