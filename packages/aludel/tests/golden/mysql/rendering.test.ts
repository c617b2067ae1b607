// What MySQL 8 and MariaDB are sent for the same operations, side by side. MySQL 8 is rendered only: it is not run here.

import { describe, expect, test } from 'vitest'
import type { Dialect } from '../../../src/dialects/dialect.ts'
import { engine } from '../../../src/dialects/mysql/engine.ts'
import { isAludelError } from '../../../src/errors.ts'
import { record } from '../../../src/ops/recorder.ts'
import { applyAll } from '../../../src/ops/registry.ts'
import type { Operations } from '../../../src/ops/surface.ts'
import { emptySchema } from '../../../src/schema/model.ts'
import { defaultNaming } from '../../../src/schema/naming.ts'
import { type Case, cases } from './cases.ts'

const servers = [
  { name: 'mysql-8.4', dialect: engine.dialectFor({ product: 'MySQL', version: [8, 4, 3] }) },
  { name: 'mariadb-10.11', dialect: engine.dialectFor({ product: 'MariaDB', version: [10, 11, 6] }) },
]

function recorded(dialect: Dialect, work: (op: Operations) => void) {
  return record({ dialect: dialect.name, features: dialect.features, naming: defaultNaming }, work)
}

function rendered(dialect: Dialect, { before, work }: Case): string {
  const schema = before === null ? emptySchema : applyAll(emptySchema, recorded(dialect, before))
  try {
    const statements = dialect.render(recorded(dialect, work), schema)
    return statements.map(({ sql, parameters }) => `${sql};${parametersText(parameters)}\n`).join('')
  } catch (error) {
    if (!isAludelError(error)) throw error
    return `-- refused (${error.code}): ${error.message}\n-- ${error.hint}\n`
  }
}

function parametersText(parameters: readonly unknown[]): string {
  return parameters.length === 0 ? '' : ` -- ${JSON.stringify(parameters)}`
}

describe.each(servers)('$name', ({ name, dialect }) => {
  test.each(cases)('$name', async (one) => {
    const file = one.name.replaceAll(/[^a-z0-9]+/gi, '-')
    await expect(rendered(dialect, one)).toMatchFileSnapshot(`cases/${file}.${name}.sql`)
  })
})
