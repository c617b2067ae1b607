/** views */
import type { Operations } from 'aludel'
import { name, sql } from 'aludel/schema'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.createView('called', { postgres: sql`SELECT id, name || ${'!'} FROM ${name('user')}`, sqlite: sql`SELECT id, name || ${'!'} FROM ${name('user')}`, mysql: sql`SELECT id, concat(name, ${'!'}) FROM ${name('user')}` }, { columns: ['id', 'the name'], comment: 'Who\'s called what', dependsOn: ['user'] })
  op.createView('grown', sql`SELECT id, name FROM ${name('user')} WHERE age >= ${21} -- as they say`, { orReplace: true })
  op.renameView('old people', 'elders')
  op.dropView('gone')
  op.dropView('never there', { ifExists: true })
}

export function downgrade(op: Operations) {
  op.createView('gone', sql`SELECT name FROM ${name('user')}`)
  op.renameView('elders', 'old people')
  op.dropView('grown')
  op.createView('grown', sql`SELECT id, name FROM "user" WHERE age >= 18`)
  op.dropView('called')
}
