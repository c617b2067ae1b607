// What the body of a revision touches, over every kind of object.

import { describe, expect, test } from 'vitest'
import { touchesOf } from '../../src/commands/chain/bodies.ts'
import { features } from '../../src/dialects/postgres/features.ts'
import { record } from '../../src/ops/recorder.ts'
import type { Operations } from '../../src/ops/surface.ts'
import { integer, string } from '../../src/schema/column.ts'
import { defaultNaming } from '../../src/schema/naming.ts'

function touched(work: (op: Operations) => void) {
  const ops = record({ dialect: 'postgres', features, naming: defaultNaming }, work)
  const { requires, provides, removes, unknown } = touchesOf(ops)
  const titles = (uses: typeof requires) => uses.map(({ title }) => title).sort()
  return { requires: titles(requires), provides: titles(provides), removes: titles(removes), unknown }
}

const nothing = { requires: [], provides: [], removes: [], unknown: false }

describe('what is made, changed and dropped', () => {
  const kinds: readonly (readonly [string, (op: Operations) => void, (op: Operations) => void])[] = [
    ['enum "x"', (op) => op.createEnum('x', ['a']), (op) => op.dropEnum('x')],
    ['namespace "x"', (op) => op.createNamespace('x'), (op) => op.dropNamespace('x')],
    ['extension "x"', (op) => op.createExtension('x'), (op) => op.dropExtension('x')],
    ['sequence "x"', (op) => op.createSequence('x'), (op) => op.dropSequence('x')],
    ['function "x"', (op) => op.createFunction('x', 'CREATE FUNCTION x() ...'), (op) => op.dropFunction('x')],
    ['view "x"', (op) => op.createView('x', 'SELECT 1'), (op) => op.dropView('x')],
    ['materialized view "x"', (op) => op.createMaterializedView('x', 'SELECT 1'), (op) => op.dropMaterializedView('x')],
    ['domain "x"', (op) => op.createDomain('x', string(20)), (op) => op.dropDomain('x')],
  ]

  test.each(kinds)('%s', (title, make, drop) => {
    expect(touched(make)).toEqual({ ...nothing, provides: [title] })
    expect(touched(drop)).toMatchObject({ provides: [], removes: [title] })
    expect(touched((op) => [make(op), drop(op)]).requires).toEqual([])
  })

  test('a name in a namespace says which', () => {
    const domain = { namespace: 'app', name: 'x' }
    expect(touched((op) => op.createDomain(domain, string(20))).provides).toEqual(['domain "app"."x"'])
  })

  test('a rename makes one name and takes another', () => {
    expect(touched((op) => op.renameDomain('x', 'y'))).toEqual({
      ...nothing,
      requires: ['domain "x"'],
      provides: ['domain "y"'],
      removes: ['domain "x"'],
    })
    expect(touched((op) => op.renameSequence('x', 'y')).provides).toEqual(['sequence "y"'])
    expect(touched((op) => op.renameView('x', 'y')).provides).toEqual(['view "y"'])
  })

  test('a partition is a table', () => {
    expect(touched((op) => op.createPartition('x', 'log', { default: true }))).toEqual({
      ...nothing,
      requires: ['table "log"'],
      provides: ['table "x"'],
    })
    expect(touched((op) => op.detachPartition('x', 'log')).requires).toEqual(['table "log"', 'table "x"'])
  })
})

describe('what is needed', () => {
  test('values of an enumeration, and a domain of it, need it', () => {
    expect(touched((op) => op.addEnumValue('mood', 'fine')).requires).toEqual(['enum "mood"'])
    expect(touched((op) => op.renameEnumValue('mood', 'ok', 'fine')).requires).toEqual(['enum "mood"'])
    expect(touched((op) => op.alterDomain('email', { nullable: true })).requires).toEqual(['domain "email"'])
  })

  test('a view goes by the name of a table, so that one can be queried by another', () => {
    const work = (op: Operations) => {
      op.createView('grown', 'SELECT ...', { dependsOn: ['person'] })
      op.createView('old', 'SELECT ...', { dependsOn: ['grown'] })
    }
    expect(touched(work)).toEqual({
      ...nothing,
      requires: ['table "person"'],
      provides: ['view "grown"', 'view "old"'],
    })
  })

  test('triggers, policies and row security need their table, and are no object that others could need', () => {
    const onTable = { ...nothing, requires: ['table "person"'] }
    expect(touched((op) => op.createTrigger('t', 'person', 'CREATE TRIGGER ...'))).toEqual(onTable)
    expect(touched((op) => op.createPolicy('p', 'person'))).toEqual(onTable)
    expect(touched((op) => op.renamePolicy('p', 'person', 'q'))).toEqual(onTable)
    expect(touched((op) => op.dropPolicy('p', 'person'))).toEqual(onTable)
    expect(touched((op) => op.enableRowSecurity('person'))).toEqual(onTable)
  })

  test('privileges need what they are on', () => {
    const on = (target: Parameters<Operations['grant']>[1]['on']) =>
      touched((op) => op.grant(['ALL'], { on: target, to: ['reader'] })).requires
    expect(on('person')).toEqual(['table "person"'])
    expect(on({ sequence: 'numbers' })).toEqual(['sequence "numbers"'])
    expect(on({ function: 'f', arguments: 'integer' })).toEqual(['function "f"'])
    expect(on({ namespace: 'app' })).toEqual(['namespace "app"'])
  })

  test('a sequence needs the column with which it goes', () => {
    const ownedBy = { table: 'person', column: 'id' }
    expect(touched((op) => op.createSequence('s', { ownedBy })).requires).toEqual([
      'column "person"."id"',
      'table "person"',
    ])
  })
})

describe('SQL', () => {
  test('that nobody declared is unknown, and what comes after it is not held to be missing', () => {
    const work = (op: Operations) => {
      op.execute('CREATE TABLE person (id integer)')
      op.addColumn('person', 'age', integer())
    }
    expect(touched(work)).toMatchObject({ requires: [], provides: ['column "person"."age"'], unknown: true })
  })

  test('that says its tables provides them', () => {
    const work = (op: Operations) => op.execute('CREATE TABLE person (id integer)', { touches: ['person'] })
    expect(touched(work)).toEqual({ ...nothing, provides: ['table "person"'] })
  })
})
