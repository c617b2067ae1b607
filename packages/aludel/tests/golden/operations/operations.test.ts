// What every engine is sent for every operation, there and back, and how each operation is written in a revision file.

import { expect, test } from 'vitest'
import type { Dialect } from '../../../src/dialects/dialect.ts'
import { engineNamed } from '../../../src/dialects/registry.ts'
import { isIrreversible } from '../../../src/ops/definition.ts'
import { applyAll, definitions, invertAll } from '../../../src/ops/registry.ts'
import { revisionText } from '../../../src/project/revision-file.ts'
import { canonicalJson } from '../../../src/schema/canonical.ts'
import { emptySchema } from '../../../src/schema/model.ts'
import { defaultNaming } from '../../../src/schema/naming.ts'
import { draft, recordText } from '../../laws/reading.ts'
import { type Case, cases, elsewhere, recorded } from './cases.ts'
import { refusalOr, rendered } from './sent.ts'

const names = ['sqlite', 'postgres', 'mysql'] as const
const dialects = await Promise.all(names.map(async (name) => (await engineNamed(name)).offline))

test('every operation has a case', () => {
  const used = dialects.flatMap((dialect) =>
    cases
      .filter(({ cannot }) => !(dialect.name in (cannot ?? {})))
      .flatMap(({ before, upgrade }) => [...recorded(dialect, before), ...recorded(dialect, upgrade)]),
  )
  const shown = [...used.map((op) => op.kind), ...Object.keys(elsewhere)]
  expect([...new Set(shown)].sort()).toEqual(Object.keys(definitions).sort())
})

for (const dialect of dialects) {
  test.each(cases)(`$name on ${dialect.name}`, async ({ name, ...one }) => {
    await expect(sentText(dialect, { name, ...one })).toMatchFileSnapshot(`${name}/${dialect.name}.sql`)
  })

  test.each(cases)(`$name is refused by ${dialect.name} only where it says so`, ({ cannot, ...one }) => {
    expect(sentText(dialect, one).includes('-- refused')).toBe(dialect.name in (cannot ?? {}))
  })
}

test.each(cases)('$name is written as it is read', async ({ name, before, upgrade, cannot }) => {
  const dialect = dialects.find((one) => !(one.name in (cannot ?? {})))
  if (dialect === undefined) return
  const ops = recorded(dialect, upgrade)
  const back = invertAll(ops, applyAll(emptySchema, recorded(dialect, before)))
  const downgrade = isIrreversible(back) ? [] : back
  const remarks = isIrreversible(back) ? [back.irreversible] : []
  const text = revisionText({ ...draft, message: name, upgrade: ops, downgrade, remarks }, defaultNaming)
  await expect(text).toMatchFileSnapshot(`${name}/printed.ts`)
  expect(canonicalJson(recordText(text))).toBe(canonicalJson(ops))
})

/** What is sent; an engine may refuse as it is recorded, or as it is rendered with what is known of the tables. */
function sentText(dialect: Dialect, given: Case): string {
  return refusalOr(() => recordedText(dialect, given))
}

function recordedText(dialect: Dialect, { before, upgrade }: Case): string {
  const was = applyAll(emptySchema, recorded(dialect, before))
  const ops = recorded(dialect, upgrade)
  const back = invertAll(ops, was)
  const undone = isIrreversible(back)
    ? `-- cannot be undone: ${back.irreversible}\n`
    : rendered(dialect, back, applyAll(was, ops))
  return `-- there\n${rendered(dialect, ops, was)}\n-- and back\n${undone}`
}
