// `inverse`: the way back as the inversion of the way forth, for revisions that need no other.

/** Marks a `downgrade` that inverts what `upgrade` records; the same in every copy of this package. */
export const inverseMark: unique symbol = Symbol.for('aludel.inverse')

/**
 * Re-exported as `downgrade`, it inverts what `upgrade` records. Nothing calls it: the runner knows it by its mark.
 *
 * @example export { inverse as downgrade } from 'aludel'
 */
export const inverse: (() => void) & { readonly [inverseMark]: true } = Object.assign(() => undefined, {
  [inverseMark]: true as const,
})
