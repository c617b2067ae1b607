// Whose objects are compared: filters over every kind, and the account books of migration tools.

import { describe, expect, test } from 'vitest'
import { isBookkeeping } from '../../src/compare/bookkeeping.ts'
import { withinScope } from '../../src/compare/scope.ts'
import { withoutStrangers } from '../../src/compare/strangers.ts'
import type { ObjectFacts, ObjectFilter } from '../../src/project/configuration.ts'
import { enumeration, integer, text } from '../../src/schema/column.ts'
import { check, index } from '../../src/schema/constraints.ts'
import { defineSchema } from '../../src/schema/define.ts'
import { emptySchema, emptyTable, plainColumn, type Schema, type Table } from '../../src/schema/model.ts'
import type { SchemaObject } from '../../src/schema/object-model.ts'
import { rawSql, sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'

const view = (name: string, namespace: string | null = null): SchemaObject => ({
  kind: 'view',
  namespace,
  name,
  query: { all: rawSql('SELECT 1') },
  columns: null,
  comment: null,
  options: {},
  dependsOn: [],
})
const trigger = (name: string, on: string): SchemaObject => ({
  kind: 'trigger',
  namespace: null,
  name,
  table: { namespace: null, name: on },
  text: { all: rawSql('') },
})

const defined = defineSchema([
  table('user', { id: integer().primaryKey(), mood: enumeration('mood', ['ok']), note: text() }, (t) => [
    index('by_note').on(t.note),
    check('short', sql`length(note) < 9`),
  ]),
  table('server', { id: integer(), role: enumeration('role', ['admin']) }),
  table('entry', { id: integer() }, null, { namespace: 'audit' }),
])
const schema: Schema = {
  ...defined,
  objects: [view('user_view'), view('entry_view', 'audit'), trigger('touch', 'user'), trigger('count', 'server')],
}

/** What is left, in one line a kind. */
function left(filters: { readonly include?: ObjectFilter; readonly exclude?: ObjectFilter }) {
  const scoped = withinScope(schema, { own: [], include: filters.include, exclude: filters.exclude })
  const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join(' ')
  return [names(scoped.tables), names(scoped.enums), scoped.namespaces.join(' '), names(scoped.objects)].join(' | ')
}

const all = 'user server entry | mood role | audit | user_view entry_view touch count'

describe('filters', () => {
  test.each<readonly [string, { readonly include?: ObjectFilter; readonly exclude?: ObjectFilter }, string]>([
    ['none', {}, all],
    ['an included name, with what it needs and what belongs to it', { include: ['user'] }, 'user | mood |  | touch'],
    ['a pattern of names', { include: ['user*'] }, 'user | mood |  | user_view touch'],
    ['a name in a namespace', { include: ['audit.*'] }, 'entry |  | audit | entry_view'],
    ['a kind', { include: [{ kind: 'view' }] }, ' |  | audit | user_view entry_view'],
    [
      'an excluded namespace',
      { exclude: [{ namespace: 'audit' }] },
      'user server | mood role |  | user_view touch count',
    ],
    [
      'an excluded table, with what belongs to it',
      { exclude: ['server'] },
      'user entry | mood role | audit | user_view entry_view touch',
    ],
    ['an excluded enumeration', { exclude: [{ kind: 'enum', name: 'm*' }] }, all.replace('mood ', '')],
    [
      'a function',
      { exclude: ({ kind }) => kind === 'view' || kind === 'trigger' },
      'user server entry | mood role | audit | ',
    ],
    ['several kinds', { exclude: [{ kind: ['view', 'trigger'] }] }, 'user server entry | mood role | audit | '],
    ['a trigger by its table', { exclude: [{ kind: 'trigger', table: 'user' }] }, all.replace('touch ', '')],
  ])('%s', (_what, filters, wanted) => {
    expect(left(filters)).toBe(wanted)
  })

  test('leave out parts of a table where they are meant, and never by a name alone', () => {
    const partsOf = (exclude: ObjectFilter) => {
      const [user] = withinScope(schema, { own: [], include: undefined, exclude }).tables
      const { columns = [], indexes = [], checks = [] } = user ?? {}
      return [columns, indexes, checks].map((list) => list.map(({ name }) => name).join(' ')).join(' | ')
    }
    const whole = 'id mood note | by_note | ck_user_short'
    expect(partsOf(['note', 'by_note', '*_short'])).toBe(whole)
    expect(partsOf([{ name: 'note' }])).toBe(whole)
    expect(partsOf([{ kind: 'index', name: 'by_*' }])).toBe('id mood note |  | ck_user_short')
    expect(partsOf([{ kind: 'constraint', table: 'user', name: 'ck_*' }])).toBe('id mood note | by_note | ')
    expect(partsOf([{ kind: 'column', name: 'note' }])).toBe('id mood |  | ')
    const asked: ObjectFacts[] = []
    partsOf((facts) => asked.push(facts) < 0)
    expect(asked).toContainEqual({ kind: 'column', namespace: null, name: 'note', table: 'user' })
    expect(asked).toContainEqual({ kind: 'namespace', namespace: 'audit', name: 'audit', table: null })
  })
})

describe('the account books of a tool', () => {
  const named = (name: string, ...columns: readonly string[]): Table => ({
    ...emptyTable({ namespace: null, name }),
    columns: columns.map((column) => plainColumn(column, { kind: 'text' })),
  })

  test.each([
    'knex_migrations',
    'knex_migrations_lock',
    '_prisma_migrations',
    '__drizzle_migrations',
    'SequelizeMeta',
    'kysely_migration',
    'kysely_migration_lock',
    'flyway_schema_history',
    'databasechangelog',
    'DATABASECHANGELOGLOCK',
    'alembic_version',
  ])('%s', (name) => {
    expect(isBookkeeping(named(name))).toBe(true)
    expect(withinScope({ ...emptySchema, tables: [{ ...named(name), namespace: 'drizzle' }] }, none).tables).toEqual([])
  })

  const none = { own: [], include: undefined, exclude: undefined }

  test('are known by their columns where anybody may use the name', () => {
    expect(isBookkeeping(named('migrations', 'id', 'timestamp', 'name'))).toBe(true)
    expect(isBookkeeping(named('migrations', 'id', 'migration', 'batch'))).toBe(true)
    expect(isBookkeeping(named('migrations', 'id', 'bird', 'from', 'to'))).toBe(false)
    expect(isBookkeeping(named('schema_version', 'installed_rank', 'version', 'checksum'))).toBe(true)
    expect(isBookkeeping(named('schema_version', 'id'))).toBe(false)
  })
})

describe('what nobody knows', () => {
  const actual = { ...schema, objects: [view('known'), view('strange'), trigger('touch', 'user')] }
  const kept = (model: Schema, chain: Schema, dropUnknown = false) => {
    const found = withoutStrangers({ actual, model, chain: () => chain, dropUnknown })
    return [found.schema.tables.map(({ name }) => name), found.schema.objects.map(({ name }) => name), found.notes]
  }
  const user = { ...emptySchema, tables: schema.tables.slice(0, 1), enums: schema.enums.slice(0, 1) }

  test('is left alone, and kinds that nobody declares are not looked at', () => {
    expect(kept(user, user)).toEqual([
      ['user'],
      [],
      [
        'Table "server" is in neither the models nor a revision; it is left alone.',
        'Table "audit.entry" is in neither the models nor a revision; it is left alone.',
      ],
    ])
    const viewed = { ...user, objects: [view('known')] }
    expect(kept(viewed, user)[1]).toEqual(['known'])
    expect(kept(viewed, user)[2]).toContain('View "strange" is in neither the models nor a revision; it is left alone.')
  })

  test('is there to be dropped where a revision made it, or where that is asked', () => {
    const chain = { ...user, objects: [view('strange')] }
    expect(kept({ ...user, objects: [view('known')] }, chain)[1]).toEqual(['known', 'strange'])
    // Models without a view say nothing of views, so one that a revision made by hand is safe from them.
    expect(kept(user, chain)[1]).toEqual([])
    expect(kept({ ...user, objects: [view('known')] }, user, true)).toEqual([
      ['user', 'server', 'entry'],
      ['known', 'strange'],
      [],
    ])
  })
})
