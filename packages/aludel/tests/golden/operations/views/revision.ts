// Views: made, replaced, renamed and dropped.

import type { Operations } from '../../../../src/index.ts'
import { integer, name, sql, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('user', { id: integer().primaryKey(), name: string(50), age: integer() })
  op.createView('grown', 'SELECT id, name FROM user_names WHERE age >= 18'.replace('user_names', quoted(op)))
  op.createView('old people', sql`SELECT id FROM ${name('user')} WHERE age > ${60}`, { columns: ['number'] })
  op.createView('gone', sql`SELECT name FROM ${name('user')}`)
}

export function upgrade(op: Operations) {
  op.createView(
    'called',
    {
      postgres: sql`SELECT id, name || ${'!'} FROM ${name('user')}`,
      sqlite: sql`SELECT id, name || ${'!'} FROM ${name('user')}`,
      mysql: sql`SELECT id, concat(name, ${'!'}) FROM ${name('user')}`,
    },
    { columns: ['id', 'the name'], comment: "Who's called what", dependsOn: ['user'] },
  )
  op.createView('grown', sql`SELECT id, name FROM ${name('user')} WHERE age >= ${21} -- as they say`, {
    orReplace: true,
  })
  op.renameView('old people', 'elders')
  op.dropView('gone')
  op.dropView('never there', { ifExists: true })
}

/** The table as each engine quotes it, for a text that is sent as it is. */
function quoted(op: Operations): string {
  return op.dialect === 'mysql' ? '`user`' : '"user"'
}
