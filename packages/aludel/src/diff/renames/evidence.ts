// What speaks for one thing being another: shares between 0 and 1, each with its weight and its words.

import type { Likeness } from './pairing.ts'

export interface Evidence {
  readonly weight: number
  /** Null where there is nothing to compare. */
  readonly share: number | null
  /** What is said of the share; null for nothing. */
  told(share: number): string | null
}

/** Words for what is entirely so, and for what is not so at all. */
export function words(same: string, other: string | null): Evidence['told'] {
  return (share) => (share >= 0.98 ? same : share <= 0.02 ? other : null)
}

/** The mean of what can be compared, by weight. */
export function likenessOf(list: readonly Evidence[]): Likeness {
  const known = list.flatMap(({ share, ...rest }) => (share === null ? [] : [{ ...rest, share }]))
  const weight = known.reduce((sum, one) => sum + one.weight, 0)
  const score = known.reduce((sum, one) => sum + one.weight * one.share, 0) / Math.max(weight, 0.01)
  return { score, why: known.flatMap(({ share, told }) => told(share) ?? []) }
}

/** What the database holds: whether there are rows in a table, or values in a column; null where that is not known. */
export type Holds = (
  table: { readonly namespace: string | null; readonly name: string },
  column: string | null,
) => boolean | null

/** Values speak a little for a rename, for nobody would throw them away; where there are none, nothing would be lost. */
export function withData({ score, why }: Likeness, holds: boolean | null): Likeness {
  if (holds === null) return { score, why }
  return holds
    ? { score: Math.min(1, score + 0.03), why: [...why, 'it holds values'] }
    : { score: Math.max(0, score - 0.03), why: [...why, 'it holds nothing in this database'] }
}
