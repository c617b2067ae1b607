// Foreign keys of the catalogue. RESTRICT and NO ACTION are one rule here, reported as either.

import type { Action, ForeignKey } from '../../../schema/model.ts'
import { grouped } from './group.ts'
import type { ForeignKeyRow, RuleRow } from './queries.ts'

export function foreignKeysOf(rows: readonly ForeignKeyRow[], rules: readonly RuleRow[]): readonly ForeignKey[] {
  return [...grouped(rows, (row) => row.name)].flatMap(([name, parts]) => {
    const [first] = parts
    if (first === undefined) return []
    const rule = rules.find((candidate) => candidate.name === name)
    const isElsewhere = first.referent_database !== first.database_name
    return [
      {
        name,
        columns: parts.map((part) => part.column_name),
        referent: { namespace: isElsewhere ? first.referent_database : null, name: first.referent },
        referentColumns: parts.map((part) => part.referent_column),
        onDelete: actionOf(rule?.on_delete),
        onUpdate: actionOf(rule?.on_update),
        deferrable: null,
        match: 'simple' as const,
        postgres: null,
      },
    ]
  })
}

function actionOf(rule: string | undefined): Action {
  switch (rule) {
    case 'CASCADE':
      return 'cascade'
    case 'SET NULL':
      return 'set null'
    case 'SET DEFAULT':
      return 'set default'
    default:
      return 'no action'
  }
}
