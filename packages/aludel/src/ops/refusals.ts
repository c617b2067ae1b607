// What an engine has not at all, refused as it is recorded: the object, the engine and another way.

import type { DialectName, Features } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import { tableTitle } from '../schema/lookup.ts'
import type { TableName } from '../schema/model.ts'
import { engineSql } from '../schema/objects.ts'
import type { EngineSql, Sql } from '../schema/sql.ts'
import { needs, objectOf } from './needs.ts'
import type { Op } from './operations.ts'

export interface Recording {
  readonly dialect: DialectName
  readonly features: Features
}

const titles: { readonly [K in DialectName]: string } = {
  postgres: 'PostgreSQL',
  mysql: 'MySQL and MariaDB',
  sqlite: 'SQLite',
}

/** The operation itself, where the engine has what it needs. */
export function requireSupported(op: Op, recording: Recording): Op {
  const { features } = recording
  const need = needs[op.kind]
  if (need !== undefined && !features[need.feature]) throw absent(need.what, objectOf(op), recording, need.hint)
  switch (op.kind) {
    case 'createSequence':
    case 'alterSequence':
    case 'renameSequence':
    case 'dropSequence':
      requireSequences(op, recording)
      break
    case 'createExcludeConstraint':
    case 'dropConstraint':
      requireExclusions(op, recording)
      break
    case 'grant':
    case 'revoke':
      if (op.on.kind === 'sequence' && !features.sequences) throw noSequences(op.on, recording)
      break
    case 'addEnumValue':
    case 'renameEnumValue':
      if (!features.enumTypes && op.columns.length === 0) throw columnsNeeded(op, recording)
      break
    case 'createObject':
    case 'dropObject':
      requireDefinable(op, recording)
      break
    case 'setAside':
    case 'putBack':
      requireSupported(op.op, recording)
      break
    default:
      break
  }
  const text = textOf(op)
  if (text !== null) textFor(op.kind, text, recording.dialect)
  return op
}

const excludeHint =
  'Keep rows apart by a unique constraint or by triggers, or guard the call with `if (op.features.excludeConstraints)`.'
/** MariaDB has sequences; the other of the two that go by one name has none. */
const ofTheFamily = { mysql: 'MySQL' }
const sequenceHint = 'Number the rows by an identity column: integer().identity().'

function requireExclusions(op: Op<'createExcludeConstraint' | 'dropConstraint'>, recording: Recording): void {
  if (recording.features.excludeConstraints) return
  if (op.kind === 'dropConstraint' && (op.type !== 'exclude' || !('name' in op.constraint))) return
  const name =
    op.kind === 'createExcludeConstraint' ? op.exclusion.name : 'name' in op.constraint ? op.constraint.name : ''
  throw absent('exclude constraints', { namespace: null, name }, recording, excludeHint)
}

/** What can be made and dropped by its whole text, as its statement calls it. */
const definable: { readonly [K in DialectName]: readonly string[] } = {
  postgres: ['collation', 'conversion', 'event trigger', 'rule', 'statistics', 'type'],
  mysql: ['event'],
  sqlite: [],
}

// The type is a word of the statement, so nothing else may stand in its place.
function requireDefinable(op: Op<'createObject' | 'dropObject'>, { dialect }: Recording): void {
  const { type, name } = op.kind === 'createObject' ? op.object : { type: op.type, name: op.object.name }
  const known = definable[dialect]
  if (known.includes(type)) return
  throw new AludelError(
    'unsupported-on-engine',
    `${titles[dialect]} has no ${type} that \`${op.kind}\` could name "${name}".`,
    {
      hint:
        known.length === 0
          ? `Guard the call with \`if (op.dialect !== '${dialect}')\`.`
          : `It knows ${known.join(', ')}; for others there is op.execute(...).`,
      details: { engine: titles[dialect], type, object: name },
    },
  )
}

function requireSequences(
  op: Op<'createSequence' | 'alterSequence' | 'renameSequence' | 'dropSequence'>,
  recording: Recording,
): void {
  if (!recording.features.sequences) throw noSequences(op.sequence, recording)
  const settings = op.kind === 'createSequence' ? op.sequence : op.kind === 'alterSequence' ? op.set : {}
  if (settings.ownedBy == null || recording.features.ownedSequences) return
  const hint = 'Leave `ownedBy` out, and drop the sequence where its column is dropped.'
  throw absent('owners of sequences', op.sequence, { ...recording, title: 'MariaDB' }, hint)
}

function noSequences(sequence: TableName, recording: Recording): AludelError {
  const title = { ...titles, ...ofTheFamily }[recording.dialect]
  return absent('sequences', sequence, { ...recording, title }, sequenceHint)
}

function columnsNeeded(
  { kind, enumeration }: Op<'addEnumValue' | 'renameEnumValue'>,
  { dialect }: Recording,
): AludelError {
  const sentence = `There are no named types on ${titles[dialect]}: the values of ${tableTitle(enumeration)} stand with each column.`
  return new AludelError('columns-needed', sentence, {
    hint: `Say which columns are of this type: op.${kind}(..., { columns: [{ table: 'user', column: 'role' }] }).`,
    details: { engine: titles[dialect], enumeration: enumeration.name },
  })
}

function absent(
  what: string,
  object: TableName,
  { dialect, title = titles[dialect] }: Recording & { readonly title?: string },
  hint: string,
): AludelError {
  const sentence = `There are no ${what} on ${title}, so ${tableTitle(object)} cannot be there.`
  return new AludelError('unsupported-on-engine', sentence, {
    hint,
    details: { engine: title, what, object: object.name },
  })
}

/** The operation's text for an engine. */
export function textFor(kind: Op['kind'], sql: EngineSql, dialect: DialectName): Sql {
  const text = engineSql(sql, dialect)
  if (text !== null) return text
  throw new AludelError('no-sql-for-engine', `This \`${kind}\` gives no SQL for ${titles[dialect]}.`, {
    hint: `Add the text under \`${dialect}\`, or guard the call with \`if (op.dialect !== '${dialect}')\`.`,
  })
}

function textOf(op: Op): EngineSql | null {
  switch (op.kind) {
    case 'createView':
    case 'createMaterializedView':
      return op.view.query
    case 'createFunction':
      return op.function.text
    case 'createTrigger':
      return op.trigger.text
    case 'createObject':
      return op.object.text
    default:
      return null
  }
}

/** A text without its semicolon; a comment at its end must not hide what a script or a statement puts behind it. */
export function withoutEnd(text: string): string {
  const plain = text.trim().replace(/;$/, '')
  return /--.*$/.test(plain) ? `${plain}\n` : plain
}
