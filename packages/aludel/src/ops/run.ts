// run: code with a live connection. Opaque: what it does is known only from what it declares.

import type { OpDefinition } from './definition.ts'
import { type Nested, touchesOf } from './nested.ts'

export const run = (nested: Nested): OpDefinition<'run'> => ({
  holdsOthers: true,
  apply: (schema, op) => nested.applyAll(schema, op.effects ?? []),
  invert: () => ({ irreversible: 'Code that ran cannot be undone by a rule; write the way back in `downgrade`.' }),
  touches: (op) => (op.effects === null ? 'unknown' : touchesOf(op.effects, nested)),
  describe: () => 'run code',
  print: (op, printer) => printer.call('run', [String(op.run)], printer.declarations(op)),
})
