// What a run tells while it goes: steps, what they wait for, how far a statement has come, and what is tried again.

import type { Blocker } from '../../dialects/activity.ts'
import type { Direction } from '../body.ts'
import type { PassingKind } from './retry.ts'

/** Which step of the run. */
export interface StepPlace {
  readonly direction: Direction
  readonly revision: string
  readonly message: string
  /** From 1. */
  readonly position: number
  readonly total: number
}

export interface StepStartedEvent extends StepPlace {
  readonly kind: 'step-started'
  readonly durationMs: null
}

export interface StepDoneEvent extends StepPlace {
  readonly kind: 'step-done'
  /** Milliseconds. */
  readonly durationMs: number
}

/** A statement goes to the server. Several that go in one text are told before the first. */
export interface StatementSentEvent extends StepPlace {
  readonly kind: 'statement'
  readonly sql: string
}

/** The run has come to its end; nothing comes after it. */
export interface DoneEvent {
  readonly kind: 'done'
  readonly revision: null
  readonly steps: number
  /** The version rows now. */
  readonly heads: readonly string[]
  /** Milliseconds. */
  readonly durationMs: number
}

/** Another run holds the lock of the database; told once a second. */
export interface RunWaitEvent {
  readonly kind: 'waiting-for-lock'
  readonly of: 'run'
  readonly revision: null
  readonly elapsedMs: number
  /** Who has the lock; null where it was given back just now. */
  readonly holder: string | null
}

interface StatementEvent extends StepPlace {
  /** The beginning of the statement; null for several in one text, and for code. */
  readonly statement: string | null
  /** Milliseconds since it was sent. */
  readonly elapsedMs: number
  /** What the server calls what it is doing; null where it says nothing. */
  readonly stage: string | null
}

/** A statement has waited for a lock since a second or more; told once a second. */
export interface StatementWaitEvent extends StatementEvent {
  readonly kind: 'waiting-for-lock'
  readonly of: 'statement'
  /** What the lock is for; null where the server does not tell. */
  readonly object: string | null
  readonly blockers: readonly Blocker[]
}

/** A statement has run for a second or more; told once a second. */
export interface StatementProgressEvent extends StatementEvent {
  readonly kind: 'statement-progress'
  /** Of what the server counts in this stage; null where it counts nothing. */
  readonly progress: { readonly done: number; readonly total: number } | null
}

export interface RetryEvent extends StepPlace {
  readonly kind: 'retrying'
  /** The attempt that comes, from 2. */
  readonly attempt: number
  readonly of: number
  /** Milliseconds until then. */
  readonly afterMs: number
  readonly why: PassingKind
  readonly blockers: readonly Blocker[]
}

export type ProgressEvent =
  | StepStartedEvent
  | StepDoneEvent
  | StatementSentEvent
  | DoneEvent
  | RunWaitEvent
  | StatementWaitEvent
  | StatementProgressEvent
  | RetryEvent
