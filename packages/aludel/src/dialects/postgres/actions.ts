// What a foreign key does, by the letter that the catalogue and the grammar have for it.

import type { Action } from '../../schema/model.ts'

export const actions: Readonly<Record<string, Action>> = {
  a: 'no action',
  r: 'restrict',
  c: 'cascade',
  n: 'set null',
  d: 'set default',
}
