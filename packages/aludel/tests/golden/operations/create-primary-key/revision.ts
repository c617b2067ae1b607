// Tables that had none get primary keys.

import type { Operations } from '../../../../src/index.ts'
import { integer, string } from '../../../../src/schema/index.ts'

export function before(op: Operations) {
  op.createTable('pair', { a: integer().notNull(), b: string(20), c: integer() })
  op.createTable('single', { code: string(20) })
}

export function upgrade(op: Operations) {
  op.createPrimaryKey('pk_of_pair', 'pair', ['a', 'b'])
  op.createPrimaryKey(null, 'single', ['code'])
}
