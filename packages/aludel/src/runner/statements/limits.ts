// Which limits hold for which statement: set once for a session, and changed only where the kinds of statements differ.

import type { Statement } from '../../database/types.ts'
import { type Limiting, type Limits, ownLimits, type StatementKind } from '../../dialects/limits.ts'
import type { Configuration } from '../../project/configuration.ts'
import type { Session } from '../session.ts'

/** Whether a transaction has locks by now that keep others out. */
export interface Held {
  locks: boolean
}

export interface StatementLimits {
  /** Milliseconds that a statement of a kind waits for its lock; null for as long as it takes. */
  lockOf(kind: StatementKind): number | null
  kindOf(statements: readonly Statement[]): StatementKind
  /** Sets the session to what a kind may take, where it is not. Outside a transaction. */
  enter(kind: StatementKind): Promise<void>
  /** The statements of a transaction, with settings between them where that takes no round trip. */
  within(statements: readonly Statement[], held: Held): readonly Statement[]
  /** Puts back what was there, where the session goes on without us. */
  end(): Promise<void>
}

const defaultLock = 5000

export async function beginLimits(configuration: Configuration, session: Session): Promise<StatementLimits> {
  const { limiting } = session.dialect
  return limiting === null ? unlimited : limitsOf(configuration, session, limiting)
}

/** Of an engine that has no limits. */
export const unlimited: StatementLimits = {
  lockOf: () => null,
  kindOf: () => 'ddl',
  enter: async () => {},
  within: (statements) => statements,
  end: async () => {},
}

async function limitsOf(
  configuration: Configuration,
  { db, isOwn }: Session,
  limiting: Limiting,
): Promise<StatementLimits> {
  const inSession = await limiting.begin(db, isOwn)
  const wanted = wantedLimits(configuration, limiting)
  let present = ownLimits
  const become = async (limits: Limits) => {
    const statements = inSession.change(present, limits, false)
    present = limits
    if (statements.length > 0) await db.statements(statements)
  }
  await become(wanted('ddl'))
  return {
    lockOf: (kind) => wanted(kind).lock,
    kindOf: (statements) => strongest(statements.map(({ sql }) => limiting.kindOf(sql))),
    enter: (kind) => become(wanted(kind)),
    within: (statements, held) => {
      if (!limiting.local) return statements
      const base = wanted('ddl')
      const sent: Statement[] = []
      let now = base
      const change = (limits: Limits) => {
        sent.push(...inSession.change(now, limits, true).map(setting))
        now = limits
      }
      for (const statement of statements) {
        const kind = limiting.kindOf(statement.sql)
        if (kind === 'ddl') held.locks = true
        // Who keeps others out already must not let them wait for a lock of somebody else's.
        change(held.locks ? { ...wanted(kind), lock: base.lock } : wanted(kind))
        sent.push(statement)
      }
      change(base)
      return sent
    },
    end: async () => {
      if (inSession.restore.length > 0) await db.statements(inSession.restore)
    },
  }
}

function wantedLimits(
  { statementTimeout, statements = {} }: Configuration,
  { patient, unlimited: never }: Limiting,
): (kind: StatementKind) => Limits {
  const { lockTimeout = defaultLock, timeouts = {} } = statements
  return (kind) => {
    const configured = timeouts[kind] === undefined ? statementTimeout : timeouts[kind]
    return {
      lock: patient.includes(kind) ? null : endingFirst(lockTimeout, configured ?? null),
      statement: configured === undefined ? (never.includes(kind) ? null : 'own') : configured,
    }
  }
}

/** A statement that ends for a lock is tried again, one that ends for its time is not: so the lock's limit comes first. */
function endingFirst(lock: number | null, statement: number | null): number | null {
  return lock === null || statement === null || statement === 0 || lock < statement
    ? lock
    : Math.floor(statement * 0.99)
}

function setting(sql: string): Statement {
  return { sql, parameters: [], transactional: true, ops: [], why: 'limits' }
}

/** True for what is sent beside a step's own statements. */
export function isSetting({ ops, why }: Statement): boolean {
  return why === 'limits' && ops.length === 0
}

function strongest(kinds: readonly StatementKind[]): StatementKind {
  const order: readonly StatementKind[] = ['ddl', 'validate', 'data', 'index']
  return order.find((kind) => kinds.includes(kind)) ?? 'ddl'
}
