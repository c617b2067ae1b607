// What autogenerate sees, row by row beside Alembic's answer; each is written, applied, and found no second time.

import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { compare } from '../../../src/compare/compare.ts'
import { record } from '../../../src/ops/recorder.ts'
import { applyAll, definitionOf } from '../../../src/ops/registry.ts'
import type { Operations } from '../../../src/ops/surface.ts'
import { emptySchema, type Schema } from '../../../src/schema/model.ts'
import { defaultNaming } from '../../../src/schema/naming.ts'
import { onEveryEngine, type TestEngine } from '../../engines/index.ts'
import { type Bench, withBench } from '../bench.ts'
import { everywhere, onMysql, onPostgres, onSqlite, type Row } from './cases.ts'

const own: { readonly [Engine in TestEngine['name']]: readonly Row[] } = {
  postgres: [...everywhere, ...onPostgres],
  mysql: [...everywhere, ...onMysql],
  sqlite: [...everywhere, ...onSqlite],
}
const titles = { postgres: 'PostgreSQL', mysql: 'MariaDB', sqlite: 'SQLite' }

function recorded({ dialect }: Bench, work: (op: Operations) => void) {
  return record({ dialect: dialect.name, features: dialect.features, naming: defaultNaming }, work)
}

async function found({ db, dialect }: Bench, wanted: Schema) {
  const scope = { own: [], include: undefined, exclude: undefined }
  return compare({ db, dialect, wanted, scope, chain: () => emptySchema, dropUnknown: true })
}

/** What is found between database and models, as sentences; applied, it is found no more, and its way back leads back. */
async function answerTo(bench: Bench, row: Row): Promise<readonly string[]> {
  const before = recorded(bench, row.before)
  await bench.run(before)
  if (row.sql !== undefined) await bench.db.statements(row.sql)
  const wanted = applyAll(emptySchema, recorded(bench, row.after))
  const { upgrade, questions } = await found(bench, wanted)
  await bench.run(upgrade)
  const again = await found(bench, wanted)
  expect(again.upgrade.map((op) => definitionOf(op).describe(op))).toEqual([])
  const asked = questions.filter(({ kind }) => kind === 'rename').map(({ text }) => `asks: ${text}`)
  return [...upgrade.map((op) => definitionOf(op).describe(op)), ...asked]
}

onEveryEngine((engine) => {
  test('autogenerate beside Alembic', { timeout: 120_000 }, async () => {
    const lines: string[] = []
    for (const row of own[engine.name]) {
      const answer = await withBench(engine, (bench) => answerTo(bench, row)).catch((error: unknown) => {
        throw new Error(`${row.change}: ${error instanceof Error ? error.message : error}`, { cause: error })
      })
      lines.push(`| ${row.change} | ${row.alembic} | ${answer.length === 0 ? 'nothing' : answer.join('; ')} |`)
    }
    const text = `# Autogenerate beside Alembic: ${titles[engine.name]}\n\nEach row was run on the engine: what was found was applied, and a second comparison found nothing.\n\n| what changes | Alembic | Aludel |\n|---|---|---|\n${lines.join('\n')}\n`
    const page = fileURLToPath(new URL(`../../../../../docs/beside-alembic/${engine.name}.md`, import.meta.url))
    await expect(text).toMatchFileSnapshot(page)
  })
})
