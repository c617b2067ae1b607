// Renames between two schemas: what was said is done first, what looks like one is asked, and nothing is assumed.

import type { Op } from '../../ops/operations.ts'
import { constraintsOf } from '../../ops/parts.ts'
import { applyAll } from '../../ops/registry.ts'
import { tableKey } from '../../schema/define.ts'
import { sameName, tableFinder } from '../../schema/lookup.ts'
import type { Schema, Table, TableName } from '../../schema/model.ts'
import { diff } from '../diff.ts'
import { type Answers, noAnswers, type RenameQuestion } from '../questions.ts'
import { columnRenames, type Pair } from './columns.ts'
import { enumValueRenames } from './enum-values.ts'
import type { Holds } from './evidence.ts'
import type { Rename } from './pairing.ts'
import { partRenames, type RenamedWord } from './parts.ts'
import { changedTables, tableRenames } from './tables.ts'

export interface RenameRequest {
  readonly before: Schema
  readonly after: Schema
  readonly answers: Answers
  readonly holds: Holds
  /** True where every engine that matters can do the operation. */
  can(op: Op): boolean
}

export interface Renames {
  /** The renames that were said, in the order in which they run. */
  readonly ops: readonly Op[]
  /** What looks like one, and nobody has said. */
  readonly questions: readonly RenameQuestion[]
  /** The texts by which renames were said. */
  readonly used: readonly string[]
}

/** Renamed tables and columns. Columns of a table about which a question is open are asked as if the answer were yes. */
export function structureRenames({ before, after, answers, holds, can }: RenameRequest): Renames {
  const tables = tableRenames({ before, after, answers, holds, can })
  const { gone, come } = changedTables({ before, after })
  const pairOf = ({ from, to, said, question }: Rename): Pair => ({
    before: gone[from] as Table,
    after: come[to] as Table,
    needs: said === null ? question.id : null,
  })
  const find = tableFinder(before)
  const kept = after.tables.flatMap((table): readonly Pair[] => {
    const old = find(table)
    return old === null ? [] : [{ before: old, after: table, needs: null }]
  })
  const pairs = tables.map(pairOf)
  const keys = new Map(pairs.map((pair) => [tableKey(pair.before), tableKey(pair.after)]))
  const renamedKey = (table: TableName) => keys.get(tableKey(table)) ?? tableKey(table)
  const columns = [...kept, ...pairs].flatMap((pair) => columnRenames({ pair, answers, holds, renamedKey, can }))
  return resultOf([...tables, ...columns])
}

function resultOf(renames: readonly Rename[]): Renames {
  return {
    ops: renames.flatMap(({ said, question, op }) => (said !== null && question.needs === null ? [op] : [])),
    questions: renames.flatMap(({ said, question }) => (said === null ? [question] : [])),
    used: renames.flatMap(({ said }) => said ?? []),
  }
}

export interface PartRequest extends Omit<RenameRequest, 'holds'> {
  /** Where the name of an enumeration is told which the engine keeps with each column. */
  readonly model: Schema
  /** The renames of tables and columns, which `before` has had already. */
  readonly done: readonly Op[]
}

/** Renamed indexes, constraints and values of enumerations, once tables and columns have their names. */
export function partsRenames({ before, after, model, answers, done, can }: PartRequest): Renames {
  const find = tableFinder(before)
  const taken = namesIn(before)
  const parts = after.tables.flatMap((table) => {
    const own = find(table)
    if (own === null) return []
    return partRenames({
      before: own,
      after: table,
      old: oldName(table, done),
      words: wordsFor(own, done),
      answers,
      isTaken: (name) => taken(own.namespace).has(name),
      can,
    })
  })
  const values = enumValueRenames({ before, after, model, answers, can })
  const { ops, questions, used } = resultOf([...parts.flatMap(({ renames }) => renames), ...values])
  const followers = parts.flatMap((one) => one.followers)
  return {
    ops: [...followers.map(({ op }) => op), ...ops],
    questions,
    used: [...used, ...followers.flatMap(({ texts }) => texts)],
  }
}

/** The names of tables, indexes and constraints in a namespace, which share them on some engines; worked out when asked. */
function namesIn(schema: Schema): (namespace: string | null) => ReadonlySet<string> {
  const known = new Map<string | null, ReadonlySet<string>>()
  return (namespace) => {
    const names = known.get(namespace) ?? new Set(schema.tables.flatMap((table) => ownNames(table, namespace)))
    known.set(namespace, names)
    return names
  }
}

function ownNames(table: Table, namespace: string | null): readonly string[] {
  if (table.namespace !== namespace) return []
  const constraints = constraintsOf(table).flatMap(({ value }) => value.name ?? [])
  return [table.name, ...table.indexes.map(({ name }) => name), ...constraints]
}

function oldName(table: TableName, done: readonly Op[]): TableName {
  const found = done.find(
    (op) => op.kind === 'renameTable' && op.name === table.name && op.table.namespace === table.namespace,
  )
  return found?.kind === 'renameTable' ? found.table : table
}

/** The words by which names in this table may differ: its own, its columns', and those of tables that it refers to. */
function wordsFor(table: Table, done: readonly Op[]): readonly RenamedWord[] {
  const tables = [table, ...table.foreignKeys.map(({ referent }) => referent)]
  return done.flatMap((op): readonly RenamedWord[] => {
    if (op.kind === 'renameTable') {
      const isMeant = tables.some(({ namespace, name }) => name === op.name && namespace === op.table.namespace)
      return isMeant ? [{ from: op.table.name, to: op.name }] : []
    }
    return op.kind === 'renameColumn' && sameName(op.table, table) ? [{ from: op.column, to: op.name }] : []
  })
}

export interface Difference {
  /** The renames that were said, then what else differs. */
  readonly ops: readonly Op[]
  readonly questions: readonly RenameQuestion[]
}

/** As `diff`, with renames: those that were said come first, those that look like one are asked. */
export function diffWithRenames(before: Schema, after: Schema, answers: Answers = noAnswers): Difference {
  const can = () => true
  const structure = structureRenames({ before, after, answers, holds: () => null, can })
  const renamed = applyAll(before, structure.ops)
  const parts = partsRenames({ before: renamed, after, model: after, answers, done: structure.ops, can })
  const ops = [...structure.ops, ...parts.ops]
  return {
    ops: [...ops, ...diff(applyAll(before, ops), after)],
    questions: [...structure.questions, ...parts.questions],
  }
}
