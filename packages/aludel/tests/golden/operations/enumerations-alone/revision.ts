// Named enumerations come and go by themselves.

import type { Operations } from '../../../../src/index.ts'

export function before(op: Operations) {
  op.createEnum('old_mood', ['good', 'bad'])
}

export function upgrade(op: Operations) {
  op.createEnum('mood', ['good', 'bad'])
  op.dropEnum('old_mood')
}
