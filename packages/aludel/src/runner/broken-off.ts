// What the journal says of steps that never came to their end.

import type { Project } from '../project/project.ts'
import { historyTableName, quoted } from './own-tables.ts'
import type { Session } from './session.ts'

export interface BrokenOff {
  readonly direction: string
  /** The sums of the statements that were applied and kept, in their order; null where one was found in the catalogue. */
  readonly sums: readonly (string | null)[]
  /** True where the last thing that happened is a failure that was told: nothing was under way. */
  readonly failed: boolean
  /** True where the code that was under way has committed a part of what it did. */
  readonly halfway: boolean
  /** The sum of the operations when it last began. */
  readonly opsSum: string | null
  /** The run in which it last began. */
  readonly run: string
}

/** By revision. */
export type BrokenOffs = ReadonlyMap<string, BrokenOff>

interface Told {
  readonly event: string
  readonly run: string
  readonly revision: string | null
  readonly direction: string | null
  readonly position: number | null
  readonly total: number | null
  readonly statement_sha: string | null
  readonly ops_sha: string | null
}

/** Revisions that have begun and were not done, stamped or resolved since. Steps that are all or nothing leave nothing here. */
export async function readBrokenOffs(project: Project, { db, dialect }: Session): Promise<BrokenOffs> {
  const { quote } = dialect
  const names = ['event', 'run', 'revision', 'direction', 'position', 'total', 'statement_sha', 'ops_sha']
    .map(quote)
    .join(', ')
  const at = quoted(dialect, historyTableName(project))
  try {
    const { rows } = await db.query<Told>(`SELECT ${names} FROM ${at} ORDER BY ${quote('id')}`)
    return brokenOffs(rows)
  } catch (error) {
    if (dialect.explain(error).kind === 'does-not-exist') return new Map()
    throw error
  }
}

function brokenOffs(rows: readonly Told[]): BrokenOffs {
  const open = new Map<string, BrokenOff>()
  for (const row of rows) {
    const { event, revision } = row
    if (event === 'stamp') open.clear()
    if (revision === null) continue
    const before = open.get(revision)
    if (event === 'done' || event === 'resolve') open.delete(revision)
    else if (event === 'begin') open.set(revision, begun(before, row))
    else if (before === undefined) continue
    else if (event === 'statement') {
      open.set(revision, { ...before, sums: [...before.sums, row.statement_sha], failed: false, halfway: false })
    } else if (event === 'failed' && row.run === before.run) open.set(revision, { ...before, failed: true })
  }
  return open
}

/**
 * A beginning says after how many statements it goes on; what was found done without a row of its own has no sum.
 * With a total it is the beginning of code, which is seen only where that code has committed it.
 */
function begun(before: BrokenOff | undefined, { direction, run, position, total, ops_sha }: Told): BrokenOff {
  const own = direction ?? 'upgrade'
  const opsSum = ops_sha ?? before?.opsSum ?? null
  const earlier = before?.direction === own ? before.sums : []
  const sums = Array.from({ length: position ?? 0 }, (_, at) => earlier[at] ?? null)
  return { direction: own, sums, failed: false, halfway: total !== null, opsSum, run }
}
