// Names by convention: filled in once, never longer than every engine takes.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { integer, string } from '../../src/schema/column.ts'
import { check, foreignKey, index, unique } from '../../src/schema/constraints.ts'
import { defineSchema } from '../../src/schema/define.ts'
import { conventionalName, shortName } from '../../src/schema/naming.ts'
import { sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'

const bytes = (text: string) => new TextEncoder().encode(text).length

describe('a long name', () => {
  test('of 63 bytes is kept, of 64 is cut', () => {
    expect(shortName('x'.repeat(63))).toBe('x'.repeat(63))
    expect(shortName('x'.repeat(64))).toMatch(/^x{54}_[0-9a-f]{8}$/)
    expect(shortName('é'.repeat(31))).toBe('é'.repeat(31))
    expect(shortName('é'.repeat(32))).toMatch(/^é{27}_[0-9a-f]{8}$/)
    expect(shortName(`a${'é'.repeat(40)}`)).toMatch(/^aé{26}_[0-9a-f]{8}$/)
  })

  test('is never cut inside a character, and stays apart from its neighbours', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', minLength: 20, maxLength: 80 }), (name) => {
        const short = shortName(name)
        expect(bytes(short)).toBeLessThanOrEqual(63)
        if (!name.includes('\uFFFD')) expect(short).not.toContain('\uFFFD')
        expect(shortName(short)).toBe(short)
        if (bytes(name) > 63) expect(shortName(`${name}x`)).not.toBe(short)
      }),
    )
  })
})

test('a convention is filled in once, whatever the names hold', () => {
  const facts = { table: '{columns}', columns: ['$&', '{table}'], referent: 'team', name: 'age' }
  expect(conventionalName('{table}/{columns}/{referent}/{name}', facts)).toBe('{columns}/$&_{table}/team/age')
})

test('nothing that a model says is left without a name', () => {
  const team = table('team', { id: integer().primaryKey() })
  const user = table(
    'user',
    { id: integer().primaryKey('own'), email: string(120).unique(), team: integer().references(() => team.columns.id) },
    (t) => [
      unique().on(t.team, t.email),
      index().on(t.email, sql`lower(email)`),
      check('age', sql`id > 1`),
      check('final_age', sql`id > 2`, { final: true }),
      check(null, sql`id > 3`),
      foreignKey(['id'], 'team', ['id']),
    ],
  )
  const { tables } = defineSchema([team, user])
  expect(tables.map(({ primaryKey }) => primaryKey?.name)).toEqual(['pk_team', 'own'])
  const named = tables.flatMap((one) => [...one.uniques, ...one.indexes, ...one.checks, ...one.foreignKeys])
  expect(named.map(({ name }) => name)).toEqual([
    'uq_user_email',
    'uq_user_team_email',
    'ix_user_email_expr2',
    'ck_user_age',
    'final_age',
    expect.stringMatching(/^ck_user_[0-9a-f]{8}$/),
    'fk_user_team_team',
    'fk_user_id_team',
  ])
})
