// The one error that people see: a code that never changes, a sentence, and what to do next.

export interface AludelErrorOptions {
  readonly hint?: string | null
  readonly details?: Readonly<Record<string, unknown>>
  readonly cause?: unknown
}

/**
 * A refusal: Aludel understood the situation and will not go on.
 *
 * `code` is for programs and never changes; `message` is one or more sentences for people and may; `hint` says what to
 * type next, or is null; `details` holds the facts of the sentence as data (candidates, files, revisions).
 */
export class AludelError extends Error {
  readonly code: string
  readonly hint: string | null
  readonly details: Readonly<Record<string, unknown>>

  constructor(code: string, sentence: string, options: AludelErrorOptions = {}) {
    super(sentence, options.cause === undefined ? undefined : { cause: options.cause })
    this.name = 'AludelError'
    this.code = code
    this.hint = options.hint ?? null
    this.details = options.details ?? {}
  }
}

/** True for an {@link AludelError}, also for one thrown by another copy of this package. */
export function isAludelError(error: unknown): error is AludelError {
  return error instanceof Error && error.name === 'AludelError' && 'code' in error && 'hint' in error
}
