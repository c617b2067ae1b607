// What an engine is sent, as the goldens and the documentation show it; a refusal is shown in its place.

import type { Statement } from '../../../src/database/types.ts'
import type { Dialect } from '../../../src/dialects/dialect.ts'
import { isAludelError } from '../../../src/errors.ts'
import type { Op } from '../../../src/ops/operations.ts'
import { canonicalJson } from '../../../src/schema/canonical.ts'
import type { Schema } from '../../../src/schema/model.ts'

export function rendered(dialect: Dialect, ops: readonly Op[], before: Schema): string {
  return refusalOr(() =>
    dialect
      .render(ops, before)
      .map((statement) => statementText(statement, dialect))
      .join(''),
  )
}

export function refusalOr(text: () => string): string {
  try {
    return text()
  } catch (error) {
    if (!isAludelError(error)) throw error
    return `-- refused (${error.code}): ${error.message}\n-- ${error.hint}\n`
  }
}

function statementText({ sql, parameters, transactional }: Statement, { features }: Dialect): string {
  const given = parameters.length === 0 ? '' : ` -- with ${canonicalJson(parameters)}`
  const apart = features.transactionalDdl && !transactional ? ' -- outside a transaction' : ''
  return `${sql};${given}${apart}\n`
}
