// Names and values with everything that SQL could take for its own: each stands in quotes, or is refused.

import { describe, expect, test } from 'vitest'
import { engineNamed } from '../../src/dialects/registry.ts'
import { record } from '../../src/ops/recorder.ts'
import type { Operations } from '../../src/ops/surface.ts'
import { integer, string } from '../../src/schema/column.ts'
import { emptySchema } from '../../src/schema/model.ts'
import { defaultNaming } from '../../src/schema/naming.ts'

const hostile = ['zq\'; DROP TABLE "x"; --', 'zq`"', "zq\\'", 'zq\n--', 'zq😀', `zq${'x'.repeat(61)}`]
const engines = ['postgres', 'mysql', 'sqlite'] as const
const dialects = await Promise.all(engines.map(async (name) => (await engineNamed(name)).offline))

/** Each call with the name in every place that takes one; engines that lack it are left out by their features. */
const calls: readonly (readonly [string, (op: Operations, name: string) => void])[] = [
  ['addEnumValue', (op, name) => op.features.enumTypes && op.addEnumValue(name, name, { after: name })],
  ['renameEnumValue', (op, name) => op.features.enumTypes && op.renameEnumValue(name, name, name)],
  [
    'createDomain',
    (op, name) =>
      op.features.domains && op.createDomain({ namespace: name, name }, string(20).default(name), { collation: name }),
  ],
  ['renameDomain', (op, name) => op.features.domains && op.renameDomain(name, name)],
  ['dropDomain', (op, name) => op.features.domains && op.dropDomain(name)],
  ['createPolicy', (op, name) => op.features.rowSecurity && op.createPolicy(name, name, { to: [name] })],
  ['renamePolicy', (op, name) => op.features.rowSecurity && op.renamePolicy(name, name, name)],
  ['dropPolicy', (op, name) => op.features.rowSecurity && op.dropPolicy(name, name)],
  ['enableRowSecurity', (op, name) => op.features.rowSecurity && op.enableRowSecurity(name)],
  [
    'grant',
    (op, name) =>
      op.features.privileges && op.grant([{ privilege: 'SELECT', columns: [name] }], { on: name, to: [name] }),
  ],
  ['revoke', (op, name) => op.features.privileges && op.revoke(['EXECUTE'], { on: { function: name }, from: [name] })],
  ['createPartition', (op, name) => op.features.partitions && op.createPartition(name, name, { in: [name] })],
  ['attachPartition', (op, name) => op.features.partitions && op.attachPartition(name, name, { from: name, to: name })],
  ['detachPartition', (op, name) => op.features.partitions && op.detachPartition(name, name)],
  ['createTable', (op, name) => op.createTable(name, { [name]: integer() })],
  ['dropTable', (op, name) => op.dropTable(name)],
]

for (const dialect of dialects) {
  const sent = (call: (op: Operations, name: string) => void, name: string) =>
    dialect
      .render(
        record({ dialect: dialect.name, features: dialect.features, naming: defaultNaming }, (op) => {
          call(op, name)
        }),
        emptySchema,
      )
      .map(({ sql }) => sql)

  describe(dialect.name, () => {
    test.each(calls)('%s quotes every name and value', (_, call) => {
      for (const name of hostile) {
        for (const text of sent(call, name)) {
          const left = text.replaceAll(dialect.quote(name), '').replaceAll(dialect.literal(name), '')
          expect(left).not.toContain('zq')
        }
      }
    })

    test.each(calls)('%s refuses NUL, at which some would stop reading', (_, call) => {
      if (sent(call, 'a').length === 0) return
      expect(() => sent(call, 'a\0b')).toThrow(
        expect.objectContaining({ code: expect.stringMatching(/^invalid-(name|parameter)$/) }),
      )
    })
  })
}
