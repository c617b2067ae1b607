// What a test of revisions answers: for each revision what was tried and how it went, and every finding.

import type { DialectName } from '../../database/types.ts'

/** 'warned' where something was seen that may be meant; 'skipped' where it was not tried, with the reason in `notes`. */
export type Outcome = 'passed' | 'warned' | 'failed' | 'skipped'

export type FindingCode =
  | 'upgrade-failed'
  | 'operations-differ'
  | 'rows-lost-upgrading'
  | 'rows-changed-upgrading'
  | 'unnamed-constraint'
  | 'downgrade-failed'
  | 'downgrade-differs'
  | 'rows-lost'
  | 'rows-differ'
  | 'rows-left'
  | 'upgrade-again-failed'
  | 'upgrade-again-differs'
  | 'test-failed'
  | 'several-heads'
  | 'several-bases'
  | 'models-differ'

/** One place in which two things differ, as a line each; null where there is nothing on that side. */
export interface Difference {
  readonly expected: string | null
  readonly actual: string | null
}

export interface TestFinding {
  readonly code: FindingCode
  readonly severity: 'error' | 'warning'
  /** Null where it is about the whole chain. */
  readonly revision: string | null
  /** The revision's file, from the project's folder; null where it is about the whole chain. */
  readonly file: string | null
  readonly message: string
  readonly difference: readonly Difference[]
  /** What to do about it, as a sentence; null where that is plain. */
  readonly hint: string | null
}

/** A finding as it is before it is known whose it is. */
export type Found = Omit<TestFinding, 'revision' | 'file'>

export interface RevisionResult {
  readonly revision: string
  readonly message: string
  readonly path: string
  readonly upgrade: Outcome
  readonly downgrade: Outcome
  /** The upgrade once more, after the downgrade. */
  readonly again: Outcome
  /** Whether rows came through all of it. */
  readonly rows: Outcome
  /** How many rows were looked at. */
  readonly rowCount: number
  /** Why something was not tried, a sentence each. */
  readonly notes: readonly string[]
  readonly findings: readonly TestFinding[]
  readonly durationMs: number
}

/** A property of the whole chain. */
export interface ChainCheck {
  readonly name: 'single head' | 'one base' | 'models are what the chain makes' | 'no unnamed constraint'
  readonly outcome: Outcome
  /** Why it was not looked at; else null. */
  readonly note: string | null
  readonly findings: readonly TestFinding[]
}

export interface TestResult {
  readonly dialect: DialectName
  /** The engine with its version, as in `SQLite 3.50.4`. */
  readonly server: string
  /** In the order in which they were tested. */
  readonly revisions: readonly RevisionResult[]
  /** None where single revisions were asked for, or another part of the chain. */
  readonly checks: readonly ChainCheck[]
  /** Those of the revisions and those of the chain. */
  readonly findings: readonly TestFinding[]
  readonly durationMs: number
}

/** How a list of findings is counted. */
export function outcomeOf(findings: readonly Pick<TestFinding, 'severity'>[]): Outcome {
  if (findings.some(({ severity }) => severity === 'error')) return 'failed'
  return findings.length > 0 ? 'warned' : 'passed'
}
