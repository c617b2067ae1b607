// What is asked where something may have another name: the cases of real life, and the law that yes loses nothing.

import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Answers, noAnswers } from '../../src/diff/questions.ts'
import { diffWithRenames } from '../../src/diff/renames/renames.ts'
import type { Op } from '../../src/ops/operations.ts'
import { applyAll, applyOp, definitionOf } from '../../src/ops/registry.ts'
import { boolean, enumeration, integer, string, text, timestamp } from '../../src/schema/column.ts'
import { check, foreignKey, index, unique } from '../../src/schema/constraints.ts'
import { type AnyTable, defineSchema } from '../../src/schema/define.ts'
import type { Schema } from '../../src/schema/model.ts'
import { sortedSchema } from '../../src/schema/same.ts'
import { sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'
import { type Draw, draws } from '../arbitraries/pure/draw.ts'
import { makeSchema } from '../arbitraries/pure/schema.ts'

const made = (...tables: readonly AnyTable[]) => defineSchema(tables)
const told = (ops: readonly Op[]) => ops.map((op) => definitionOf(op).describe(op))

/** What is asked, as `from=to`. */
const asked = (before: Schema, after: Schema, answers: Partial<Answers> = {}) =>
  diffWithRenames(before, after, { ...noAnswers, ...answers }).questions.map(({ from, to }) => `${from}=${to}`)

/** The operations once everything is answered with yes. */
function agreed(before: Schema, after: Schema): readonly Op[] {
  const byId: Record<string, 'yes'> = {}
  for (;;) {
    const { ops, questions } = diffWithRenames(before, after, { ...noAnswers, byId })
    if (questions.length === 0) return ops
    const again = questions.filter(({ id }) => id in byId)
    if (again.length > 0) throw new Error(`Asked again: ${again.map(({ id }) => id).join(', ')}`)
    for (const { id } of questions) byId[id] = 'yes'
  }
}

describe('a column', () => {
  test('with a longer name is asked about, with its score and what speaks for it', () => {
    const before = made(table('user', { id: integer().primaryKey(), name: string(80), age: integer() }))
    const after = made(table('user', { id: integer().primaryKey(), full_name: string(80), age: integer() }))
    const { ops, questions } = diffWithRenames(before, after)
    expect(questions).toEqual([
      {
        kind: 'rename',
        id: 'rename:column:user.name=user.full_name',
        object: 'column',
        from: 'user.name',
        to: 'user.full_name',
        score: 0.86,
        text: 'Is column user.full_name what was user.name?',
        why: ['the same type, string(80)', 'in the same place'],
        choices: ['yes', 'no'],
        needs: null,
      },
    ])
    expect(told(ops)).toEqual(['add column "full_name" to table "user"', 'drop column "name" of table "user"'])
    expect(told(agreed(before, after))).toEqual(['rename column "name" of table "user" to "full_name"'])
  })

  test('is renamed before anything else is changed of it', () => {
    const before = made(table('user', { id: integer(), name: string(80) }))
    const after = made(table('user', { id: integer(), full_name: text().notNull() }))
    expect(told(agreed(before, after))).toEqual([
      'rename column "name" of table "user" to "full_name"',
      'alter column "full_name" of table "user": type, nullable',
    ])
  })

  test.each([
    ['nick', 'alias', true],
    ['createdAt', 'created_at', true],
    ['addr', 'address', true],
  ])('%s may be %s where type and place are the same', (from, to, is) => {
    const one = (name: string) => made(table('user', { id: integer(), [name]: text(), last: integer() }))
    expect(asked(one(from), one(to))).toEqual(is ? [`user.${from}=user.${to}`] : [])
  })

  test('of another type, or elsewhere under a name that is not alike, is not asked about', () => {
    const before = made(table('user', { id: integer(), note: text(), last: integer() }))
    expect(asked(before, made(table('user', { id: integer(), memo: boolean(), last: integer() })))).toEqual([])
    expect(asked(before, made(table('user', { id: integer(), last: integer(), title: text() })))).toEqual([])
  })

  test('finds its own among several of one type, and none crosses another', () => {
    const before = made(table('t', { id: integer(), first: text(), second: text(), end: integer() }))
    const after = made(table('t', { id: integer(), alpha: text(), beta: text(), end: integer() }))
    expect(asked(before, after)).toEqual(['t.first=t.alpha', 't.second=t.beta'])
    const swapped = made(table('t', { id: integer(), second_name: text(), first_name: text(), end: integer() }))
    expect(asked(before, swapped)).toEqual(['t.first=t.first_name', 't.second=t.second_name'])
  })

  test('that refers to the same table says so', () => {
    const people = table('user', { id: integer().primaryKey() })
    const post = (name: string) =>
      table('post', { id: integer().primaryKey(), [name]: integer(), last: text() }, () => [
        foreignKey([name], 'user', ['id']),
      ])
    const [before, after] = [made(people, post('user_id')), made(people, post('author_id'))]
    const [question] = diffWithRenames(before, after).questions
    expect(question).toMatchObject({ from: 'post.user_id', to: 'post.author_id' })
    expect(question?.why).toContain('in the same keys and indexes')
    // Its foreign key is named after it, and is not asked about.
    expect(told(agreed(before, after))).toEqual([
      'rename column "user_id" of table "post" to "author_id"',
      'rename constraint "fk_post_user_id_user" of table "post" to "fk_post_author_id_user"',
    ])
  })
})

describe('a table', () => {
  const posts = (name: string, body: string) => {
    const people = table('user', { id: integer().primaryKey() })
    return made(
      people,
      table(
        name,
        {
          id: integer().primaryKey(),
          title: string(80).notNull().unique(),
          [body]: text(),
          author_id: integer(),
          posted: timestamp(),
        },
        () => [foreignKey(['author_id'], 'user', ['id']), index().on('posted'), check('title', sql`length(title) > 3`)],
      ),
    )
  }

  test('under another name answers for keys, checks and indexes that are named after it', () => {
    const [before, after] = [posts('post', 'body'), posts('article', 'body')]
    expect(asked(before, after)).toEqual(['post=article'])
    const ops = agreed(before, after)
    expect(told(ops)).toEqual([
      'rename table "post" to "article"',
      'rename index "ix_post_posted" of table "article" to "ix_article_posted"',
      'rename constraint "pk_post" of table "article" to "pk_article"',
      'rename constraint "uq_post_title" of table "article" to "uq_article_title"',
      'rename constraint "fk_post_author_id_user" of table "article" to "fk_article_author_id_user"',
      'rename constraint "ck_post_title" of table "article" to "ck_article_title"',
    ])
  })

  test('and one of its columns are renamed in one pass', () => {
    const [before, after] = [posts('post', 'body'), posts('article', 'content')]
    const { questions } = diffWithRenames(before, after)
    expect(questions.map(({ id, needs }) => [id, needs])).toEqual([
      ['rename:table:post=article', null],
      ['rename:column:post.body=article.content', 'rename:table:post=article'],
    ])
    expect(
      told(agreed(before, after)).filter((line) => !line.includes('constraint') && !line.includes('index')),
    ).toEqual(['rename table "post" to "article"', 'rename column "body" of table "article" to "content"'])
    for (const column of ['post.body=article.content', 'article.body=article.content', 'post.body=post.content']) {
      expect(asked(before, after, { renames: ['post=article', column] })).toEqual([])
    }
  })

  test('that is another one is not asked about', () => {
    const before = made(table('tag', { id: integer().primaryKey(), label: text() }))
    const after = made(table('invoice', { id: integer().primaryKey(), total: integer(), paid: boolean() }))
    expect(asked(before, after)).toEqual([])
  })

  test('finds its own among many', () => {
    const one = (name: string, column: string) => table(name, { id: integer(), [column]: text(), note: text() })
    const before = made(one('cat', 'fur'), one('dog', 'bark'))
    const after = made(one('canine', 'bark'), one('feline', 'fur'))
    expect(asked(before, after)).toEqual(['cat=feline', 'dog=canine'])
  })
})

describe('what is part of a table', () => {
  test('and differs in its name alone is asked about', () => {
    const one = (ix: string, uq: string) =>
      made(table('user', { id: integer(), name: text() }, (t) => [index(ix).on(t.name), unique(uq).on(t.id)]))
    expect(asked(one('by_name', 'one_id'), one('user_names', 'id_once'))).toEqual([
      'user.by_name=user.user_names',
      'user.one_id=user.id_once',
    ])
    expect(told(agreed(one('by_name', 'one_id'), one('user_names', 'id_once')))).toEqual([
      'rename index "by_name" of table "user" to "user_names"',
      'rename constraint "one_id" of table "user" to "id_once"',
    ])
  })

  test('is not asked about where it says something else', () => {
    const one = (name: string, column: string) =>
      made(table('user', { id: integer(), name: text() }, () => [index(name).on(column)]))
    expect(asked(one('old', 'id'), one('new', 'name'))).toEqual([])
  })
})

test('a value in the place of another is asked about', () => {
  const mood = (...values: readonly string[]) => made(table('user', { mood: enumeration('mood', values) }))
  const [before, after] = [mood('ok', 'bad', 'new'), mood('fine', 'bad', 'new', 'gone')]
  expect(asked(before, after)).toEqual(['mood.ok=mood.fine'])
  expect(told(agreed(before, after))).toEqual([
    'rename the value "ok" of enumeration "mood" to "fine"',
    'set the values of enumeration "mood"',
  ])
  expect(asked(mood('ok', 'bad'), mood('bad', 'fine'))).toEqual([])
})

describe('an answer', () => {
  const before = made(table('user', { id: integer(), name: string(80), nick: string(80) }))
  const after = made(table('user', { id: integer(), full_name: string(80), alias: string(80) }))

  test('of no leads to the next best, and to none in the end', () => {
    expect(asked(before, after)).toEqual(['user.name=user.full_name', 'user.nick=user.alias'])
    const byId: Record<string, 'no'> = { 'rename:column:user.name=user.full_name': 'no' }
    expect(asked(before, after, { byId })).toEqual(['user.name=user.alias', 'user.nick=user.full_name'])
    for (let round = 0; round < 3; round += 1) {
      for (const pair of asked(before, after, { byId })) byId[`rename:column:${pair}`] = 'no'
    }
    expect(asked(before, after, { byId })).toEqual([])
  })

  test('by name says also what nobody would have asked', () => {
    const other = made(table('user', { id: integer(), full_name: string(80), paid: boolean() }))
    expect(asked(before, other)).toEqual(['user.name=user.full_name'])
    const { ops, questions } = diffWithRenames(before, other, { ...noAnswers, renames: ['user.nick=user.paid'] })
    expect(questions.map(({ from }) => from)).toEqual(['user.name'])
    expect(told(ops)).toContain('rename column "nick" of table "user" to "paid"')
  })

  test('that there are no renames is one to all of them', () => {
    const { ops, questions } = diffWithRenames(before, after, { ...noAnswers, noRenames: true })
    expect(questions).toEqual([])
    expect(ops.map(({ kind }) => kind)).toEqual(['addColumn', 'addColumn', 'dropColumn', 'dropColumn'])
  })
})

/** A schema, and the same with some of its objects under other names. */
const renamed = draws.map((draw) => {
  const before = makeSchema(draw)
  const ops = before.tables.flatMap((one) => renamesIn(draw, before, one))
  return { before, ops, after: ops.reduce(applyOp, before) }
})

function renamesIn(draw: Draw, schema: Schema, { namespace, name, columns, indexes }: Schema['tables'][number]): Op[] {
  const at = { namespace, name }
  const isFree = (wanted: string) =>
    !schema.tables.some((other) => other.name === wanted && other.namespace === namespace)
  const ops: Op[] = columns
    .filter(() => draw.chance(20))
    .map((column) => ({ kind: 'renameColumn', table: at, column: column.name, name: `${column.name} of old` }))
  for (const one of indexes) {
    if (draw.chance(30)) ops.push({ kind: 'renameIndex', table: at, index: one.name, name: `${one.name} again` })
  }
  if (draw.chance(30) && isFree(`${name}s now`)) ops.push({ kind: 'renameTable', table: at, name: `${name}s now` })
  return ops
}

test('a name with a dot is not taken for one in a namespace', () => {
  const [team, dotted] = [
    { namespace: 'app', name: 'team' },
    { namespace: null, name: 'app.team' },
  ]
  const columns = { id: integer(), title: text(), note: text() }
  const before = made(
    table('team', columns, () => [], { namespace: 'app' }),
    table('app.team', columns),
  )
  const after = [team, dotted].reduce(
    (schema, at) => applyOp(schema, { kind: 'renameTable', table: at, name: `${at.name}s` }),
    before,
  )
  expect(asked(before, after)).toEqual(['app.team=app.teams', '"app.team"="app.teams"'])
  expect(sortedSchema(applyAll(before, agreed(before, after)))).toEqual(sortedSchema(after))
  const said = diffWithRenames(before, after, { ...noAnswers, renames: ['"app.team"="app.teams"'] })
  expect(told(said.ops)).toEqual([
    'rename table "app.team" to "app.teams"',
    'drop table "app.team"',
    'create table "app.teams"',
  ])
})

test('yes to everything leads to the schema that is wanted', () => {
  fc.assert(
    fc.property(renamed, ({ before, after }) => {
      expect(sortedSchema(applyAll(before, agreed(before, after)))).toEqual(sortedSchema(after))
    }),
    { numRuns: 200 },
  )
})

test('what is said to be renamed is never dropped', () => {
  fc.assert(
    fc.property(renamed, ({ before, after, ops }) => {
      const texts = namesOf(ops)
      const found = diffWithRenames(before, after, { ...noAnswers, renames: texts })
      const drops = found.ops.filter(
        ({ kind }) => kind === 'dropTable' || kind === 'dropColumn' || kind === 'dropIndex',
      )
      expect(told(drops)).toEqual([])
      expect(sortedSchema(applyAll(before, found.ops))).toEqual(sortedSchema(after))
    }),
    { numRuns: 200 },
  )
})

function namesOf(ops: readonly Op[]): readonly string[] {
  const spelled = (name: string) => (/[."]/.test(name) ? `"${name.replaceAll('"', '""')}"` : name)
  const later = (at: { readonly namespace: string | null; readonly name: string }) => {
    const moved = ops.find(
      (op) => op.kind === 'renameTable' && op.table.name === at.name && op.table.namespace === at.namespace,
    )
    return moved?.kind === 'renameTable' ? moved.name : at.name
  }
  return ops.flatMap((op) => {
    if (!('table' in op) || !('name' in op)) return []
    const { namespace, name } = op.table as { readonly namespace: string | null; readonly name: string }
    const place = (own: string) => (namespace === null ? spelled(own) : `${spelled(namespace)}.${spelled(own)}`)
    const to = place(later({ namespace, name }))
    if (op.kind === 'renameTable') return [`${place(name)}=${to}`]
    if (op.kind === 'renameColumn') return [`${place(name)}.${spelled(op.column)}=${to}.${spelled(op.name)}`]
    return op.kind === 'renameIndex' ? [`${place(name)}.${spelled(op.index)}=${to}.${spelled(op.name)}`] : []
  })
}
