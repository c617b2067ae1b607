// Statements that leave the schema alone: of rows, of settings, of upkeep and of who may do what.

import { nodesNamed } from './constraint.ts'

const harmless = [
  'SelectStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
  'TruncateStmt',
  'CopyStmt',
  'LockStmt',
  'VacuumStmt',
  'ReindexStmt',
  'ClusterStmt',
  'RefreshMatViewStmt',
  'GrantRoleStmt',
  'AlterDefaultPrivilegesStmt',
  'AlterOwnerStmt',
  'CreateStatsStmt',
  'ConstraintsSetStmt',
  'NotifyStmt',
]

export function rowsAlone(kind: string, statement: unknown): boolean {
  if (kind === 'VariableSetStmt') return !becomesSomebody(statement) && keepsNames(statement)
  // SELECT ... INTO makes a table.
  return harmless.includes(kind) && nodesNamed(statement, 'intoClause').length === 0 && keepsNames(statement)
}

/** True of settings that decide for whom a name without a namespace is looked up: RESET ALL has no name of its own. */
function becomesSomebody(statement: unknown): boolean {
  const { name = null } = statement as { readonly name?: string }
  return name === null || name === 'role' || name === 'session_authorization'
}

const namesStay = ['', 'search_path', 'set_config', 'pg_catalog', 'public']

/** True unless names without a namespace mean something else afterwards: dumps set an empty path, and give every name in full. */
function keepsNames(statement: unknown): boolean {
  if (!JSON.stringify(statement).includes('"search_path"')) return true
  const texts: readonly unknown[] = nodesNamed(statement, 'sval')
  return texts.every((text) => typeof text !== 'string' || namesStay.includes(text))
}
