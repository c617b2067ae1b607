/** grants */
import type { Operations } from 'aludel'

export const revision = '3f2a9c1b7d04'
export const downRevision = '8c1f02aa91b3'
export const branchLabels = null
export const dependsOn = null
export const createdAt = '2026-11-23T10:00:00Z'

export function upgrade(op: Operations) {
  op.grant(['SELECT', 'INSERT'], { on: 'person', to: ['reader', 'PUBLIC', 'CURRENT_USER'] })
  op.grant(['SELECT', { privilege: 'UPDATE', columns: ['id', 'no"te`'] }], { on: 'person', to: ['it\'s@%'], withGrantOption: true })
  op.grant(['ALL'], { on: { sequence: 'numbers' }, to: ['back\\slash; --'] })
  op.grant(['CREATE'], { on: { namespace: 'app_1' }, to: ['maker'] })
  op.grant(['EXECUTE'], { on: { function: 'shout' }, to: ['maker'] })
  op.grant(['EXECUTE'], { on: { function: { namespace: 'app', name: 'f' }, arguments: 'integer, text' }, to: ['maker'] })
  op.revoke(['INSERT'], { on: 'person', from: ['reader'] })
  op.revoke(['SELECT'], { on: 'person', from: ['reader'], grantOption: 'only' })
  op.revoke(['SELECT'], { on: 'person', from: ['reader'], grantOption: 'also' })
}

export function downgrade(op: Operations) {
  op.grant(['SELECT'], { on: 'person', to: ['reader'] })
  op.grant(['INSERT'], { on: 'person', to: ['reader'] })
  op.revoke(['EXECUTE'], { on: { function: { namespace: 'app', name: 'f' }, arguments: 'integer, text' }, from: ['maker'] })
  op.revoke(['EXECUTE'], { on: { function: 'shout' }, from: ['maker'] })
  op.revoke(['CREATE'], { on: { namespace: 'app_1' }, from: ['maker'] })
  op.revoke(['ALL'], { on: { sequence: 'numbers' }, from: ['back\\slash; --'] })
  op.revoke(['SELECT', { privilege: 'UPDATE', columns: ['id', 'no"te`'] }], { on: 'person', from: ['it\'s@%'], grantOption: 'also' })
  op.revoke(['SELECT', 'INSERT'], { on: 'person', from: ['reader', 'PUBLIC', 'CURRENT_USER'] })
}
