// Types of several parts: made, changed and dropped.

import type { Operations } from '../../../../src/index.ts'
import { bigint, integer, string, text } from '../../../../src/schema/index.ts'

export const cannot = { mysql: 'It has no such types.', sqlite: 'It has no such types.' }

export function before(op: Operations) {
  op.createCompositeType('address', { street: string(80), town: text(), number: integer() })
  op.createCompositeType('gone', { x: integer() })
}

export function upgrade(op: Operations) {
  op.createCompositeType('point3', { x: integer(), y: integer(), 'the z': text().collate('C') })
  op.alterCompositeType('address', { drop: ['town'], alter: { number: bigint() }, add: { code: string(10) } })
  op.dropCompositeType('gone')
  op.dropCompositeType('never_there', { ifExists: true })
}
