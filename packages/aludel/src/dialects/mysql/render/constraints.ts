// Foreign keys and checks as clauses of CREATE TABLE and ALTER TABLE, and the clauses that take constraints away.

import type { FoundConstraint } from '../../../ops/parts.ts'
import { tableTitle } from '../../../schema/lookup.ts'
import type { Action, Check, ForeignKey, Table, TableName } from '../../../schema/model.ts'
import type { Abilities } from '../features.ts'
import { quote } from '../literal.ts'
import { checkName, expressionText } from './columns.ts'
import { columnList, deferrable, uniqueName } from './indexes.ts'
import { foreignKeyName } from './keys.ts'
import { noExclusions, tableText, unsupported } from './refusals.ts'

export function foreignKeyText(key: ForeignKey, table: TableName, abilities: Abilities): string {
  const name = foreignKeyName(table, key)
  const object = `foreign key "${name}" of table ${tableTitle(table)}`
  if (key.deferrable !== null) throw deferrable(abilities, object)
  // The manual: an explicit MATCH has no effect, and makes ON DELETE and ON UPDATE be ignored.
  if (key.match === 'full')
    throw unsupported(abilities, 'MATCH FULL', object, 'Use a check that its columns are null together.')
  const rules = [
    actionText('DELETE', key.onDelete, object, abilities),
    actionText('UPDATE', key.onUpdate, object, abilities),
  ]
  const referent = `${tableText(key.referent, abilities)} ${columnList(key.referentColumns)}`
  return `CONSTRAINT ${quote(name)} FOREIGN KEY ${columnList(key.columns)} REFERENCES ${referent}${rules.join('')}`
}

// InnoDB takes SET DEFAULT and does RESTRICT; RESTRICT and NO ACTION are one, checked at once.
function actionText(event: 'DELETE' | 'UPDATE', action: Action, object: string, abilities: Abilities): string {
  if (action === 'no action' || action === 'restrict') return ''
  if (action === 'set default') {
    throw unsupported(abilities, `ON ${event} SET DEFAULT`, object, "Use 'set null' or 'cascade', or a trigger.")
  }
  return ` ON ${event} ${action.toUpperCase()}`
}

export function checkText(check: Check, table: Pick<Table, 'name'>): string {
  return `CONSTRAINT ${quote(checkName(table, check))} CHECK (${expressionText(check.condition)})`
}

/** The clause that drops a constraint; a check without a name goes when its column is restated without it. */
export function dropText(found: FoundConstraint, table: TableName, abilities: Abilities, condition = ''): string {
  switch (found.type) {
    case 'primaryKey':
      return 'DROP PRIMARY KEY'
    case 'unique':
      return `DROP INDEX ${condition}${quote(uniqueName(table, found.value))}`
    case 'foreignKey':
      return `DROP FOREIGN KEY ${condition}${quote(foreignKeyName(table, found.value))}`
    case 'check':
      return dropCheckText(checkName(table, found.value), abilities, condition)
    case 'exclude':
      throw noExclusions(found.value.name, table, abilities)
  }
}

// MySQL has DROP CONSTRAINT only since 8.0.19: https://dev.mysql.com/doc/refman/8.4/en/alter-table.html. Not run.
export function dropCheckText(name: string, { product }: Abilities, condition = ''): string {
  return `DROP ${product === 'MySQL' ? 'CHECK' : 'CONSTRAINT'} ${condition}${quote(name)}`
}
