// One step of a script: all or nothing where the engine can, with the journal of a run where it cannot.

import type { StepGuard } from '../dialects/dialect.ts'
import { opsSum, rawSum } from './body.ts'
import { type HistoryRow, historyStatement, stepRow, versionStatements } from './bookkeeping.ts'
import { type Folded, foldAt, foldOps, nothing } from './fold.ts'
import { groupsOf } from './groups.ts'
import { type Journal, type Knowledge, rendered, type ScriptOptions, writeFile, writeOps } from './offline-ops.ts'
import type { PlannedStep } from './steps.ts'
import { textSum } from './sums.ts'
import { undoOf } from './undo.ts'

export function createKnowledge({ project, graph, dialect }: ScriptOptions, current: readonly string[]): Knowledge {
  let rows = current
  let known: Folded | null = null
  return {
    folded: () => {
      known ??= foldAt(project, graph, rows, dialect)
      return known
    },
    advance: (ops, revision) => {
      if (known !== null) known = foldOps(known, ops, revision, dialect)
    },
    after: ({ ops, script }) => {
      known ??= foldOps(foldAt(project, graph, rows, dialect), ops, script.id, dialect)
      return known
    },
    moved: (after) => {
      rows = after
    },
  }
}

/** `inside` a transaction that is open, in `one` of its own, or as a `journal`: in pieces, each with its row of history. */
export type Framing = 'inside' | 'one' | 'journal'

export function writeStep(options: ScriptOptions, step: PlannedStep, knowledge: Knowledge, framing: Framing): void {
  const { project, dialect, put } = options
  const guard = framing === 'inside' ? null : dialect.guard(step.ops)
  const note = (row: HistoryRow) =>
    historyStatement(project, dialect, stepRow(options.origin, step, row), { at: dialect.script.now })
  const sums = { raw_sha: rawSum(project, step.script), ops_sha: opsSum(step.ops) }
  if (framing === 'journal') put(note({ event: 'begin', ...sums, heads: JSON.stringify(step.rowsBefore) }))
  for (const sql of guard?.before ?? []) put(sql)
  if (framing === 'one') putAll(put, ['BEGIN', ...(guard?.script.begin ?? [])])
  writeOps(options, step, knowledge, framing === 'journal' ? createJournal(options, note, guard) : null)
  if (framing === 'one') putAll(put, guard?.script.verify ?? [])
  if (framing === 'journal') put('BEGIN')
  for (const sql of versionStatements(project, dialect, step.change)) put(sql)
  put(note({ event: 'done', ...sums, heads: JSON.stringify(step.rowsAfter), undo: undoText(options, step, knowledge) }))
  if (framing !== 'inside') put('COMMIT')
  for (const sql of guard?.after ?? []) put(sql)
}

/** What a run would keep to undo the step; nothing where that hangs on what is not known without a database. */
function undoText(options: ScriptOptions, step: PlannedStep, knowledge: Knowledge): string | null {
  const { reads, text } = undoOf(options, step)
  try {
    return text(reads.length === 0 ? nothing : knowledge.after(step))
  } catch {
    return null
  }
}

function putAll(put: (sql: string) => void, texts: readonly string[]): void {
  for (const sql of texts) put(sql)
}

/** A row of history after each statement, as a run writes them where the engine commits by itself. */
function createJournal(options: ScriptOptions, note: (row: HistoryRow) => string, guard: StepGuard | null): Journal {
  const { put } = options
  let done = 0
  const noted = (sum: string, total: number) => {
    put(note({ event: 'statement', position: done, total, statement_sha: sum }))
    done += 1
  }
  return {
    segment: (step, segment, around) => {
      if (segment.kind === 'file') {
        putAll(put, ['BEGIN', ...(guard?.script.begin ?? [])])
        writeFile(options, step, segment.op, around.before)
        noted(segment.op.file.sha256, done + 1)
        putAll(put, [...(guard?.script.verify ?? []), 'COMMIT'])
        return
      }
      const { texts, sent } = rendered(options, step, segment, around)
      const total = done + texts.length
      let at = 0
      for (const group of groupsOf(texts, segment, guard !== null)) {
        const together = group.every((statement) => statement.transactional)
        if (together) putAll(put, ['BEGIN', ...(guard?.script.begin ?? [])])
        for (const { sql } of group) {
          put(sql)
          noted(textSum(sent[at]?.sql ?? sql), total)
          at += 1
        }
        if (together) putAll(put, [...(guard?.script.verify ?? []), 'COMMIT'])
      }
    },
  }
}
