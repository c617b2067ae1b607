// stamp on the command line.

import { stamp as stampCommand, stampScript } from '../../commands/stamp.ts'
import { whileShown } from '../at-work.ts'
import { requireSqlFor, type VerbContext } from '../context.ts'

export async function stamp(
  context: VerbContext<{ readonly sql?: boolean; readonly purge?: boolean; readonly dialect?: string }>,
): Promise<number> {
  const targets = context.operands.length === 0 ? ['head'] : context.operands
  const { sql, purge = false, dialect } = context.options
  requireSqlFor(dialect, sql)
  const options = { targets, purge, ...(dialect === undefined ? {} : { dialect }) }
  const project = await context.project()
  if (sql) {
    const result = await stampScript(project, options)
    if (!context.json(result)) context.script(result.sql)
    return 0
  }
  const result = await whileShown(context, (progress) => stampCommand(project, { ...options, progress }))
  if (context.json(result)) return 0
  const place = (rows: readonly string[]) => (rows.length === 0 ? '<base>' : rows.join(', '))
  context.print(
    result.steps.length === 0 && place(result.current) === place(result.heads)
      ? `Nothing to do: ${result.database} is at ${place(result.heads)}.`
      : `Stamped ${result.database}: it was at ${place(result.current)}, it is at ${place(result.heads)}. Nothing was run.`,
  )
  return 0
}
