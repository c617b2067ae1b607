// One ALTER TABLE in the making: the table as it was, and as it will be when the ALTER is done.

import type { Table } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'

export interface Change {
  /** What is known of the table: nothing on it where it is not known. */
  readonly before: Table
  readonly after: Table
  readonly isKnown: boolean
  readonly abilities: Abilities
}

/** IF EXISTS where the engine knows it; where it does not, what was read of the table decides. */
export function conditionFor(
  isWanted: boolean,
  words: 'IF EXISTS ' | 'IF NOT EXISTS ',
  { conditionalClauses }: Abilities,
): string {
  return isWanted && conditionalClauses ? words : ''
}
