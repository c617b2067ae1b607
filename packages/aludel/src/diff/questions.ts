// What only people can answer: whether one thing is another under a new name, and whether what would be lost may go.

export type Answer = 'yes' | 'no'

export type RenamedObject = 'table' | 'column' | 'index' | 'constraint' | 'enumValue'

interface Asked {
  /** The same text for the same question, whatever else is asked: answers are filed under it. */
  readonly id: string
  /** The question, as a sentence. */
  readonly text: string
  /** What speaks for it and against it, a few words each. */
  readonly why: readonly string[]
  readonly choices: readonly Answer[]
}

export interface RenameQuestion extends Asked {
  readonly kind: 'rename'
  readonly object: RenamedObject
  /** The name as it is now, with the table's: `user.name`. */
  readonly from: string
  /** The name as it is wanted, in the table as that is wanted. */
  readonly to: string
  /** From 0 to 1: how much speaks for it. */
  readonly score: number
  /** The question that must be answered with yes before this one has a meaning; null where there is none. */
  readonly needs: string | null
}

export interface LossQuestion extends Asked {
  /** Rows or values go, a type takes less than it did, or rows lack what they would have to hold. */
  readonly kind: 'drop' | 'narrow' | 'notNull'
  readonly object: 'table' | 'column' | 'enum'
  readonly name: string
}

export type Question = RenameQuestion | LossQuestion

export interface Answers {
  /** Renames by name, as `from=to`. */
  readonly renames: readonly string[]
  /** Those of the renames that were said for this run alone, so that they name something. */
  readonly saidNow: readonly string[]
  /** Answers by the question's id. */
  readonly byId: Readonly<Record<string, Answer>>
  /** True where nothing is a rename that is not named as one. */
  readonly noRenames: boolean
  /** True where all that would be lost may go. */
  readonly losses: boolean
}

export const noAnswers: Answers = { renames: [], saidNow: [], byId: {}, noRenames: false, losses: false }

export const choices: readonly Answer[] = ['yes', 'no']

/** How a question calls an object. */
export const objectWords: { readonly [K in RenamedObject]: string } = {
  table: 'table',
  column: 'column',
  index: 'index',
  constraint: 'constraint',
  enumValue: 'value',
}
