// Where NULL stands among the values of an index.

import type { IndexPart } from './model.ts'

type Order = Pick<IndexPart, 'descending' | 'nulls'>

/** What PostgreSQL does where nothing is said: NULL is the greatest value. The other engines take it for the least. */
export function nullsLast({ descending, nulls }: Order, isGreatest: boolean): boolean {
  return nulls === null ? descending !== isGreatest : nulls === 'last'
}

/** The part without the word for what the engine does anyway. */
export function withUsualNulls<Part extends Order>(part: Part, isGreatest: boolean): Part {
  const usual = nullsLast({ ...part, nulls: null }, isGreatest)
  return part.nulls !== null && usual === (part.nulls === 'last') ? { ...part, nulls: null } : part
}
