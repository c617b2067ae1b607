// The recorder's calls about constraints: each becomes an operation, its name given by the convention where none is.

import { checkModel, exclusionModel, foreignKeyModel, primaryKeyModel, tableName, uniqueModel } from '../schema/keys.ts'
import { shortName } from '../schema/naming.ts'
import { asSql } from '../schema/sql.ts'
import type { Calls } from './recorder.ts'
import type { Operations } from './surface.ts'

type ConstraintCall =
  | 'createPrimaryKey'
  | 'createUniqueConstraint'
  | 'createForeignKey'
  | 'createCheckConstraint'
  | 'createExcludeConstraint'
  | 'dropConstraint'
  | 'renameConstraint'
  | 'alterConstraint'
  | 'validateConstraint'

export function constraintCalls({ naming, keep }: Calls): Pick<Operations, ConstraintCall> {
  return {
    createPrimaryKey: (name, at, columns, options = {}) => {
      const table = tableName(at)
      const primaryKey = primaryKeyModel(table.name, name, columns, options, naming)
      keep({ kind: 'createPrimaryKey', table, primaryKey })
    },
    createUniqueConstraint: (name, at, columns, options = {}) => {
      const table = tableName(at)
      keep({ kind: 'createUniqueConstraint', table, unique: uniqueModel(table.name, name, columns, options, naming) })
    },
    createForeignKey: (name, at, referent, columns, referentColumns, options = {}) => {
      const table = tableName(at)
      const given = name === null ? options : { ...options, name }
      const foreignKey = foreignKeyModel(table.name, columns, tableName(referent), referentColumns, given, naming)
      keep({ kind: 'createForeignKey', table, foreignKey })
    },
    createCheckConstraint: (name, at, condition, options = {}) => {
      const table = tableName(at)
      const check = checkModel(table.name, { name, condition: asSql(condition), final: true, options }, naming)
      keep({ kind: 'createCheckConstraint', table, check })
    },
    createExcludeConstraint: (name, at, elements, options = {}) =>
      keep({
        kind: 'createExcludeConstraint',
        table: tableName(at),
        exclusion: exclusionModel(name, elements, options),
      }),
    dropConstraint: (constraint, at, options) =>
      keep({
        kind: 'dropConstraint',
        table: tableName(at),
        constraint: typeof constraint === 'string' ? { name: shortName(constraint) } : constraint,
        type: options?.type ?? null,
        ifExists: options?.ifExists ?? false,
      }),
    renameConstraint: (name, at, newName, options) =>
      keep({
        kind: 'renameConstraint',
        table: tableName(at),
        constraint: shortName(name),
        name: shortName(newName),
        type: options?.type ?? null,
      }),
    alterConstraint: (name, at, { deferrable, initially, notValid }) =>
      keep({
        kind: 'alterConstraint',
        table: tableName(at),
        constraint: shortName(name),
        set: {
          ...(initially === undefined && deferrable === undefined
            ? {}
            : { deferrable: initially ?? (deferrable === true ? 'immediate' : null) }),
          ...(notValid === undefined ? {} : { notValid }),
        },
      }),
    validateConstraint: (name, at) =>
      keep({ kind: 'validateConstraint', table: tableName(at), constraint: shortName(name) }),
  }
}
