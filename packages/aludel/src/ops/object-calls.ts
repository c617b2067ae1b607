// The calls for views, sequences, functions and triggers.

import { AludelError } from '../errors.ts'
import type { Referent } from '../schema/constraints.ts'
import { tableName } from '../schema/keys.ts'
import type { TableName } from '../schema/model.ts'
import type { SequenceSettings, StoredFunction } from '../schema/object-model.ts'
import { toEngineSql } from '../schema/objects.ts'
import type { Calls } from './recorder.ts'
import { usualStart } from './sequences.ts'
import type { Operations } from './surface.ts'
import type { SequenceOptions } from './surface-options.ts'

type ViewCall = 'createView' | 'dropView' | 'renameView'
type MaterializedCall = 'createMaterializedView' | 'dropMaterializedView' | 'refreshMaterializedView'
type SequenceCall = 'createSequence' | 'alterSequence' | 'renameSequence' | 'dropSequence'
type RoutineCall =
  | 'createFunction'
  | 'dropFunction'
  | 'createProcedure'
  | 'dropProcedure'
  | 'createAggregate'
  | 'dropAggregate'
type TriggerCall = 'createTrigger' | 'dropTrigger'

export function objectCalls(
  calls: Calls,
): Pick<Operations, ViewCall | MaterializedCall | SequenceCall | RoutineCall | TriggerCall> {
  return {
    ...viewCalls(calls),
    ...materializedCalls(calls),
    ...sequenceCalls(calls),
    ...routineCalls(calls),
    ...triggerCalls(calls),
  }
}

function viewCalls({ keep }: Calls): Pick<Operations, ViewCall> {
  return {
    createView: (at, query, { orReplace = false, columns = null, comment = null, options = {}, dependsOn } = {}) => {
      const given = { query: toEngineSql(query), columns, comment, options, dependsOn: tableNames(dependsOn) }
      keep({ kind: 'createView', view: { kind: 'view', ...tableName(at), ...given }, orReplace })
    },
    dropView: (at, options) => keep({ kind: 'dropView', view: tableName(at), ifExists: options?.ifExists ?? false }),
    renameView: (at, name) => keep({ kind: 'renameView', view: tableName(at), name }),
  }
}

function materializedCalls({ keep }: Calls): Pick<Operations, MaterializedCall> {
  return {
    createMaterializedView: (at, query, { withData = true, options = {}, dependsOn, ifNotExists = false } = {}) => {
      const given = { query: toEngineSql(query), withData, options, indexes: [], dependsOn: tableNames(dependsOn) }
      keep({
        kind: 'createMaterializedView',
        view: { kind: 'materializedView', ...tableName(at), ...given },
        ifNotExists,
      })
    },
    dropMaterializedView: (at, options) =>
      keep({ kind: 'dropMaterializedView', view: tableName(at), ifExists: options?.ifExists ?? false }),
    refreshMaterializedView: (at, options) =>
      keep({
        kind: 'refreshMaterializedView',
        view: tableName(at),
        concurrently: options?.concurrently ?? false,
      }),
  }
}

function sequenceCalls({ keep }: Calls): Pick<Operations, SequenceCall> {
  return {
    createSequence: (at, { ifNotExists = false, ...options } = {}) => {
      const usual = {
        type: null,
        increment: 1,
        minValue: null,
        maxValue: null,
        cache: null,
        cycle: false,
        ownedBy: null,
      }
      const settings = { ...usual, ...settingsOf(options) }
      const sequence = { kind: 'sequence' as const, ...tableName(at), start: usualStart(settings), ...settings }
      keep({ kind: 'createSequence', sequence, ifNotExists })
    },
    alterSequence: (at, change) => {
      const set = settingsOf(change)
      if (Object.keys(set).length > 0) keep({ kind: 'alterSequence', sequence: tableName(at), set })
    },
    renameSequence: (at, name) => keep({ kind: 'renameSequence', sequence: tableName(at), name }),
    dropSequence: (at, options) =>
      keep({ kind: 'dropSequence', sequence: tableName(at), ifExists: options?.ifExists ?? false }),
  }
}

function routineCalls({ keep }: Calls): Pick<Operations, RoutineCall> {
  type Routine = StoredFunction['routine']
  const create =
    (routine: Routine): Operations['createFunction'] =>
    (at, text, { arguments: own = null, orReplace = false, dependsOn } = {}) => {
      const given = { routine, arguments: own, text: toEngineSql(text), dependsOn: tableNames(dependsOn) }
      keep({ kind: 'createFunction', function: { kind: 'function', ...tableName(at), ...given }, orReplace })
    }
  const drop =
    (routine: Routine): Operations['dropFunction'] =>
    (at, { arguments: own = null, ifExists = false } = {}) =>
      keep({ kind: 'dropFunction', function: tableName(at), routine, arguments: own, ifExists })
  return {
    createFunction: create('function'),
    dropFunction: drop('function'),
    createProcedure: create('procedure'),
    dropProcedure: drop('procedure'),
    createAggregate: create('aggregate'),
    dropAggregate: drop('aggregate'),
  }
}

function triggerCalls({ keep }: Calls): Pick<Operations, TriggerCall> {
  return {
    createTrigger: (name, at, text) => {
      const table = tableName(at)
      const trigger = { kind: 'trigger' as const, namespace: table.namespace, name, table, text: toEngineSql(text) }
      keep({ kind: 'createTrigger', trigger })
    },
    dropTrigger: (name, at, options) =>
      keep({ kind: 'dropTrigger', table: tableName(at), name, ifExists: options?.ifExists ?? false }),
  }
}

function tableNames(given: readonly Referent[] = []): readonly TableName[] {
  return given.map(tableName)
}

const settings = ['type', 'start', 'increment', 'minValue', 'maxValue', 'cache', 'cycle', 'ownedBy']
const maybeNull = ['type', 'minValue', 'maxValue', 'cache', 'ownedBy']

/** The settings that are given; numbers go into the text as they are, so that nothing else may pass for one. */
function settingsOf(given: SequenceOptions): Partial<SequenceSettings> {
  for (const [key, value] of Object.entries(given)) {
    if (!settings.includes(key)) {
      throw new AludelError('unknown-option', `A sequence is given "${key}", which it does not know.`, {
        hint: `It takes ${settings.join(', ')}.`,
      })
    }
    if (!isSetting(key, value)) {
      throw new AludelError('invalid-parameter', `A sequence cannot be given ${String(value)} as its ${key}.`, {
        hint: 'Its numbers are whole; beyond 2 ** 53 they are written as bigints: 9007199254740993n.',
      })
    }
  }
  const { ownedBy, ...rest } = given
  if (ownedBy === undefined) return rest
  return { ...rest, ownedBy: ownedBy === null ? null : { table: tableName(ownedBy.table), column: ownedBy.column } }
}

function isSetting(key: string, value: unknown): boolean {
  if (value === null) return maybeNull.includes(key)
  if (key === 'cycle') return typeof value === 'boolean'
  if (key === 'type') return value === 'smallint' || value === 'integer'
  if (key === 'ownedBy') return typeof value === 'object'
  return typeof value === 'bigint' || Number.isSafeInteger(value)
}
