// The recorder: what `upgrade(op)` and `downgrade(op)` get. Every call becomes data; nothing is touched.

import type { DialectName, Features } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import { type Constraint, indexPart } from '../schema/constraints.ts'
import { indexModel, tableName } from '../schema/keys.ts'
import { type NamingConvention, shortName } from '../schema/naming.ts'
import { table as tableDefinition } from '../schema/table.ts'
import { archiveName, putBackOp, setAsideOp } from './archives.ts'
import { addColumnOps, alterColumnOps, requireType } from './column-calls.ts'
import { constraintCalls } from './constraint-calls.ts'
import { definedCalls } from './defined-calls.ts'
import { domainCalls } from './domain-calls.ts'
import { mustStandAlone } from './execute.ts'
import { toExecuteSql } from './execute-sql.ts'
import { grantCalls } from './grant-calls.ts'
import { insertFileOp } from './insert-file.ts'
import { objectCalls } from './object-calls.ts'
import type { Op, Row } from './operations.ts'
import { partitionCalls } from './partition-calls.ts'
import { policyCalls } from './policy-calls.ts'
import { requireSupported } from './refusals.ts'
import type { Operations } from './surface.ts'
import type { RowsFile } from './surface-options.ts'
import { changeTableCalls } from './table-calls.ts'
import { typeCalls } from './type-calls.ts'

export interface RecordRequest {
  readonly dialect: DialectName
  readonly features: Features
  readonly naming: NamingConvention
  /** True where nothing is to be sent, so that no engine has to have it. */
  readonly anyEngine?: boolean
  readonly arguments?: Readonly<Record<string, string>>
  /** Throws where the engine cannot do an operation, whatever the tables are like. */
  readonly refuse?: ((op: Op) => void) | undefined
  /** The sha256 of a data file that a revision names; left out where there is no revision file for it to lie beside. */
  readonly dataSum?: (path: string) => string
  /** The revision's identifier, after which its archive tables are named; left out where there is none. */
  readonly revision?: string
}

/** Records what `work` calls, in order, as frozen data. */
export function record(request: RecordRequest, work: (op: Operations) => unknown): readonly Op[] {
  const ops: Op[] = []
  const answer = work(createRecorder(request, (op) => ops.push(op)))
  if (answer instanceof Promise) {
    answer.catch(() => undefined)
    throw new AludelError('async-revision', 'Recording is synchronous, but the function returned a promise.', {
      hint: 'Take `async` away; what needs a live connection goes into op.run(async ({ db }) => { ... }).',
    })
  }
  return ops
}

/** A recorder that hands every operation to `take`, in the order of the calls. */
export function createRecorder(request: RecordRequest, take: (op: Op) => void): Operations {
  const calls: Calls = {
    naming: request.naming,
    dialect: request.dialect,
    dataSum: request.dataSum ?? null,
    revision: request.revision ?? '',
    keep: (op) => {
      if (request.anyEngine !== true) requireSupported(op, request)
      request.refuse?.(op)
      take(deepFreeze(op))
    },
    nested: (work) => (work === undefined ? null : record(request, work)),
  }
  const recorder: Operations = {
    dialect: request.dialect,
    features: request.features,
    arguments: request.arguments ?? {},
    ...tableCalls(calls),
    ...changeTableCalls(calls, () => recorder),
    ...columnCalls(calls),
    ...indexCalls(calls),
    ...constraintCalls(calls),
    ...typeCalls(calls),
    ...domainCalls(calls),
    ...objectCalls(calls),
    ...definedCalls(calls),
    ...policyCalls(calls),
    ...partitionCalls(calls),
    ...grantCalls(calls),
    ...dataCalls(calls),
  }
  return recorder
}

/** What the calls are made of: each keeps its operation. */
export interface Calls {
  readonly naming: NamingConvention
  readonly dialect: DialectName
  readonly dataSum: ((path: string) => string) | null
  readonly revision: string
  keep(op: Op): void
  nested(work: ((op: Operations) => void) | undefined): readonly Op[] | null
}

function tableCalls({
  naming,
  revision,
  keep,
}: Calls): Pick<Operations, 'createTable' | 'dropTable' | 'createTableComment' | 'dropTableComment'> {
  return {
    createTable: (at, columns, constraints, options = {}) => {
      const { ifNotExists = false, restore = false, ...rest } = options
      const { namespace, name } = tableName(at)
      const place = namespace === null ? rest : { ...rest, namespace }
      const definition = tableDefinition(name, columns, (t) => constraints?.(t).map(asFinal) ?? [], place)
      const op = { kind: 'createTable' as const, table: definition.model(naming), ifNotExists }
      keep(restore ? putBackOp(op, archiveName(revision, op)) : op)
    },
    dropTable: (at, { ifExists = false, keep: kept = false } = {}) => {
      const op = { kind: 'dropTable' as const, table: tableName(at), ifExists }
      keep(kept ? setAsideOp(op, archiveName(revision, op)) : op)
    },
    createTableComment: (at, comment) => keep({ kind: 'createTableComment', table: tableName(at), comment }),
    dropTableComment: (at) => keep({ kind: 'createTableComment', table: tableName(at), comment: null }),
  }
}

function columnCalls({
  naming,
  revision,
  keep,
}: Calls): Pick<Operations, 'addColumn' | 'alterColumn' | 'dropColumn' | 'renameColumn'> {
  return {
    addColumn: (at, name, column, options) => {
      const { ifNotExists = false, restore = false } = options ?? {}
      for (const op of addColumnOps(tableName(at), name, column, ifNotExists, naming)) {
        keep(restore && op.kind === 'addColumn' ? putBackOp(op, archiveName(revision, op)) : op)
      }
    },
    alterColumn: (at, column, given, options = {}) => {
      requireType(column, given, options)
      for (const op of alterColumnOps(tableName(at), column, given)) {
        if (op.kind !== 'alterColumn') keep(op)
        else if (options.keep) keep(setAsideOp(op, archiveName(revision, op)))
        else keep(options.restore ? putBackOp(op, archiveName(revision, op)) : op)
      }
    },
    dropColumn: (at, column, { ifExists = false, keep: kept = false } = {}) => {
      const op = { kind: 'dropColumn' as const, table: tableName(at), column, ifExists }
      keep(kept ? setAsideOp(op, archiveName(revision, op)) : op)
    },
    renameColumn: (at, column, name) => keep({ kind: 'renameColumn', table: tableName(at), column, name }),
  }
}

function indexCalls({ naming, keep }: Calls): Pick<Operations, 'createIndex' | 'dropIndex' | 'renameIndex'> {
  return {
    createIndex: (name, at, columns, options = {}) => {
      const { ifNotExists, ...rest } = options
      const table = tableName(at)
      const index = indexModel(table.name, name, columns.map(indexPart), rest, naming)
      keep({ kind: 'createIndex', table, index, ifNotExists: ifNotExists ?? false })
    },
    dropIndex: (name, at, options) => {
      const { ifExists = false, concurrently = false } = options ?? {}
      keep({ kind: 'dropIndex', table: tableName(at), name: shortName(name), ifExists, concurrently })
    },
    renameIndex: (name, at, newName) =>
      keep({ kind: 'renameIndex', table: tableName(at), index: shortName(name), name: shortName(newName) }),
  }
}

function dataCalls({
  dialect,
  keep,
  nested,
  dataSum,
}: Calls): Pick<Operations, 'bulkInsert' | 'execute' | 'run' | 'autocommit'> {
  return {
    bulkInsert: (at, given, options = {}) =>
      keep(
        isRows(given)
          ? { kind: 'bulkInsert', table: tableName(at), rows: given.map((row) => ({ ...row })) }
          : insertFileOp(tableName(at), given, options, dataSum),
      ),
    execute: (given, options = {}) => {
      const sql = toExecuteSql(given)
      keep({
        kind: 'execute',
        sql,
        effects: nested(options.effects),
        touches: options.touches ?? null,
        undo: options.undo === undefined ? null : toExecuteSql(options.undo),
        transactional: options.transactional ?? !mustStandAlone(sql, dialect),
      })
    },
    run: (work, options = {}) =>
      keep({ kind: 'run', run: work, effects: nested(options.effects), touches: options.touches ?? null }),
    autocommit: (work) => keep({ kind: 'autocommit', ops: nested(work) ?? [] }),
  }
}

function isRows(given: readonly Row[] | RowsFile): given is readonly Row[] {
  return Array.isArray(given)
}

/** A revision file holds final names, so a check's name is not put through the convention again. */
function asFinal(part: Constraint): Constraint {
  return part.kind === 'check' ? { ...part, final: true } : part
}

function deepFreeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value) || ArrayBuffer.isView(value)) return value
  for (const key in value) deepFreeze(value[key])
  return Object.freeze(value)
}
