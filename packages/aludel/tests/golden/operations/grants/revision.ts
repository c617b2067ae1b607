// Privileges of users, given and taken, on everything that can have them.

import type { Operations } from '../../../../src/index.ts'
import { integer, string } from '../../../../src/schema/index.ts'

export const cannot = { sqlite: 'It has no users.' }
export const runElsewhere = 'Users belong to the server, not to a database; tests/live/grants.test.ts makes its own.'

export function before(op: Operations) {
  op.createTable('person', { id: integer().primaryKey(), note: string(20) })
  op.createSequence('numbers')
}

export function upgrade(op: Operations) {
  op.grant(['select', 'INSERT'], { on: 'person', to: ['reader', 'PUBLIC', 'CURRENT_USER'] })
  op.grant(['SELECT', { privilege: 'update', columns: ['id', 'no"te`'] }], {
    on: 'person',
    to: ["it's@%"],
    withGrantOption: true,
  })
  op.grant(['all privileges'], { on: { sequence: 'numbers' }, to: ['back\\slash; --'] })
  op.grant(['CREATE'], { on: { namespace: 'app_1' }, to: ['maker'] })
  op.grant(['EXECUTE'], { on: { function: 'shout' }, to: ['maker'] })
  if (op.dialect === 'postgres') {
    op.grant(['EXECUTE'], {
      on: { function: { namespace: 'app', name: 'f' }, arguments: 'integer, text' },
      to: ['maker'],
    })
  }
  op.revoke(['INSERT'], { on: 'person', from: ['reader'] })
  op.revoke(['SELECT'], { on: 'person', from: ['reader'], grantOption: 'only' })
  op.revoke(['SELECT'], { on: 'person', from: ['reader'], grantOption: 'also' })
}
