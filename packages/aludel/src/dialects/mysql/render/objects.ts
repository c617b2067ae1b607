// Views, sequences, functions and triggers, as MariaDB and MySQL have them.

import { replacing } from '../../../ops/functions.ts'
import type { Op } from '../../../ops/operations.ts'
import { requireSupported, textFor } from '../../../ops/refusals.ts'
import { ownSettings } from '../../../ops/sequences.ts'
import type { TableName } from '../../../schema/model.ts'
import type { SequenceSettings, StoredFunction } from '../../../schema/object-model.ts'
import type { EngineSql } from '../../../schema/sql.ts'
import { type Abilities, featuresOf } from '../features.ts'
import { quote } from '../literal.ts'
import { expressionText } from './columns.ts'
import { type Draft, plain } from './drafts.ts'
import { columnList } from './indexes.ts'
import { viewClauses } from './options.ts'
import { tableText } from './refusals.ts'
import { executeStatements } from './rows.ts'

const objectKinds = [
  'createView',
  'dropView',
  'renameView',
  'createMaterializedView',
  'dropMaterializedView',
  'refreshMaterializedView',
  'createSequence',
  'alterSequence',
  'renameSequence',
  'dropSequence',
  'createFunction',
  'dropFunction',
  'createTrigger',
  'dropTrigger',
  'createDomain',
  'alterDomain',
  'renameDomain',
  'dropDomain',
  'enableRowSecurity',
  'disableRowSecurity',
  'createPolicy',
  'alterPolicy',
  'renamePolicy',
  'dropPolicy',
  'createPartition',
  'attachPartition',
  'detachPartition',
  'createCompositeType',
  'alterCompositeType',
  'dropCompositeType',
  'createObject',
  'dropObject',
  'comment',
] as const

export type ObjectOp = Op<(typeof objectKinds)[number]>

export function isObjectOp(op: Op): op is ObjectOp {
  return (objectKinds as readonly string[]).includes(op.kind)
}

export function objectDrafts(op: ObjectOp, abilities: Abilities): readonly Draft[] {
  requireSupported(op, { dialect: 'mysql', features: featuresOf(abilities) })
  const ifExists = 'ifExists' in op && op.ifExists ? 'IF EXISTS ' : ''
  switch (op.kind) {
    case 'createView': {
      const columns = op.view.columns === null ? '' : ` ${columnList(op.view.columns)}`
      const { head, ending } = viewClauses(op.view.options)
      const made = `CREATE ${op.orReplace ? 'OR REPLACE ' : ''}${head}VIEW ${tableText(op.view, abilities)}${columns}`
      return program(op.kind, op.view.query, (query) => `${made} AS\n${query}${ending}`)
    }
    case 'dropView':
      return [plain(`DROP VIEW ${ifExists}${tableText(op.view, abilities)}`)]
    // Views and sequences share the names of tables, and RENAME TABLE renames each of them.
    case 'renameView':
      return [renamed(op.view, op.name, abilities)]
    case 'renameSequence':
      return [renamed(op.sequence, op.name, abilities)]
    case 'createSequence':
      return [plain(createSequenceText(op, abilities))]
    case 'alterSequence':
      return [plain(`ALTER SEQUENCE ${[tableText(op.sequence, abilities), ...clauses(op.set)].join(' ')}`)]
    case 'dropSequence':
      return [plain(`DROP SEQUENCE ${ifExists}${tableText(op.sequence, abilities)}`)]
    case 'createFunction':
      return functionDrafts(op, abilities)
    case 'dropFunction':
      return [plain(`DROP ${routineWord(op.routine)} ${ifExists}${tableText(op.function, abilities)}`)]
    case 'createTrigger':
      return program(op.kind, op.trigger.text, (text) => text)
    case 'dropTrigger':
      return [plain(`DROP TRIGGER ${ifExists}${tableText({ ...op.table, name: op.name }, abilities)}`)]
    case 'createObject':
      return program(op.kind, op.object.text, (text) => text)
    case 'dropObject':
      return [plain(`DROP ${op.type.toUpperCase()} ${ifExists}${tableText(op.object, abilities)}`)]
    // Refused above.
    case 'createCompositeType':
    case 'alterCompositeType':
    case 'dropCompositeType':
    case 'comment':
    case 'createMaterializedView':
    case 'dropMaterializedView':
    case 'refreshMaterializedView':
    case 'createDomain':
    case 'alterDomain':
    case 'renameDomain':
    case 'dropDomain':
    case 'enableRowSecurity':
    case 'disableRowSecurity':
    case 'createPolicy':
    case 'alterPolicy':
    case 'renamePolicy':
    case 'dropPolicy':
    case 'createPartition':
    case 'attachPartition':
    case 'detachPartition':
      return []
  }
}

/**
 * A text with its values written out, since nothing that is kept takes parameters; more than one statement is refused.
 * A comment at its end must not hide the semicolon that a script puts behind it.
 */
function program(kind: Op['kind'], sql: EngineSql, around: (text: string) => string): readonly Draft[] {
  const text = around(expressionText(textFor(kind, sql, 'mysql')))
  const rest = { effects: null, touches: null, undo: null, transactional: false }
  const drafts = executeStatements({ kind: 'execute', sql: { all: [{ parts: [text] }] }, ...rest })
  return text.endsWith('\n') ? drafts.map((draft) => ({ ...draft, sql: `${draft.sql}\n` })) : drafts
}

function renamed(from: TableName, to: string, abilities: Abilities): Draft {
  return plain(`RENAME TABLE ${tableText(from, abilities)} TO ${quote(to)}`)
}

function createSequenceText({ sequence, ifNotExists }: Op<'createSequence'>, abilities: Abilities): string {
  const head = `CREATE SEQUENCE ${ifNotExists ? 'IF NOT EXISTS ' : ''}${tableText(sequence, abilities)}`
  return [head, ...clauses(ownSettings(sequence))].join(' ')
}

/** How many numbers MariaDB takes at once where nothing is said. */
const usualCache = 1000

function clauses({ increment, minValue, maxValue, start, cache, cycle }: Partial<SequenceSettings>): readonly string[] {
  return [
    ...(increment === undefined ? [] : [`INCREMENT BY ${increment}`]),
    ...(minValue === undefined ? [] : [minValue === null ? 'NO MINVALUE' : `MINVALUE ${minValue}`]),
    ...(maxValue === undefined ? [] : [maxValue === null ? 'NO MAXVALUE' : `MAXVALUE ${maxValue}`]),
    ...(start === undefined ? [] : [`START WITH ${start}`]),
    ...(cache === undefined ? [] : [`CACHE ${cache ?? usualCache}`]),
    ...(cycle === undefined ? [] : [cycle ? 'CYCLE' : 'NOCYCLE']),
  ]
}

/** MySQL has no OR REPLACE for functions (its manual, create-procedure.html), so there the old one goes first. */
function functionDrafts({ function: made, orReplace }: Op<'createFunction'>, abilities: Abilities): readonly Draft[] {
  const [replaces, drops] = [orReplace && abilities.product === 'MariaDB', orReplace && abilities.product === 'MySQL']
  const created = program('createFunction', made.text, (text) => (replaces ? replacing(text) : text))
  const drop = `DROP ${routineWord(made.routine)} IF EXISTS ${tableText(made, abilities)}`
  return drops ? [plain(drop), ...created] : created
}

/** An aggregate is made and dropped as a function here. */
function routineWord(routine: StoredFunction['routine']): string {
  return routine === 'procedure' ? 'PROCEDURE' : 'FUNCTION'
}
