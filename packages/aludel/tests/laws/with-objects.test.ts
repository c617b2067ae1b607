// Models with views, privileges and the like: declared by the calls of a revision, and nothing else.

import { describe, expect, test } from 'vitest'
import { withObjects } from '../../src/objects/index.ts'
import { integer, string } from '../../src/schema/column.ts'
import { defineSchema } from '../../src/schema/define.ts'
import { sql } from '../../src/schema/sql.ts'
import { table } from '../../src/schema/table.ts'

const user = table('user', { id: integer().primaryKey(), email: string(120).notNull() })
const models = defineSchema([user])

describe('withObjects', () => {
  test('adds what is declared to the tables, and leaves the models as they are', () => {
    const schema = withObjects(models, (op) => {
      op.createView('recent', sql`SELECT id FROM "user"`, { comment: 'New ones' })
      op.createMaterializedView('totals', 'SELECT count(*) AS n FROM "user"')
      op.createIndex('ix_totals', 'totals', ['n'])
      op.createSequence({ namespace: 'app', name: 'ticket' }, { start: 100 })
      op.grant(['SELECT'], { on: 'user', to: ['reader'] })
      op.comment({ sequence: { namespace: 'app', name: 'ticket' } }, 'One a ticket')
    })
    expect(schema.objects.map(({ kind }) => kind)).toEqual([
      'view',
      'materializedView',
      'sequence',
      'privilege',
      'comment',
    ])
    expect(schema.objects[1]).toMatchObject({ indexes: [{ name: 'ix_totals' }] })
    expect(schema.namespaces).toEqual(['app'])
    expect(schema.tables).toBe(models.tables)
    expect(models.objects).toEqual([])
  })

  test('takes a text for one engine alone, and kinds that not every engine has', () => {
    const schema = withObjects(models, (op) => {
      op.createFunction('one', { mysql: 'CREATE FUNCTION one() RETURNS INT RETURN 1' })
      op.createObject('event', 'tidy', { mysql: 'CREATE EVENT tidy ON SCHEDULE EVERY 1 DAY DO SELECT 1' })
    })
    expect(schema.objects).toHaveLength(2)
  })

  test('refuses what changes something', () => {
    const refusal = expect.objectContaining({ code: 'misplaced-operation' })
    expect(() => withObjects(models, (op) => op.dropView('v'))).toThrow(refusal)
    expect(() => withObjects(models, (op) => op.createIndex('ix', 'user', ['email']))).toThrow(refusal)
  })
})
