// The recorder's calls that change a whole table: another place, other settings, and several changes as one block.

import { AludelError } from '../errors.ts'
import { sameData } from '../schema/canonical.ts'
import { tableName } from '../schema/keys.ts'
import { tableOperations } from './batch-table.ts'
import type { TableSettings } from './operations.ts'
import type { Calls } from './recorder.ts'
import type { AlterTableGiven, Operations } from './surface.ts'

type TableCall = 'renameTable' | 'alterTable' | 'batchAlterTable'

/** `recorder` is asked for when a block is recorded, because these calls are a part of it. */
export function changeTableCalls({ keep }: Calls, recorder: () => Operations): Pick<Operations, TableCall> {
  return {
    renameTable: (at, to) => {
      const table = tableName(at)
      const place = typeof to === 'string' ? { namespace: table.namespace, name: to } : tableName(to)
      const isMoved = place.namespace !== table.namespace
      if (isMoved) keep({ kind: 'moveTable', table, namespace: place.namespace })
      if (isMoved && place.name === table.name) return
      keep({ kind: 'renameTable', table: { namespace: place.namespace, name: table.name }, name: place.name })
    },
    alterTable: (at, { comment, ...given }) => {
      const table = tableName(at)
      const set = settingsOf(table.name, given)
      if (!sameData(set, {})) keep({ kind: 'alterTable', table, set })
      if (comment !== undefined) keep({ kind: 'createTableComment', table, comment })
    },
    batchAlterTable: (at, work) => work(tableOperations(recorder(), at)),
  }
}

const known: { readonly [Engine in keyof TableSettings]-?: readonly string[] } = {
  postgres: ['unlogged', 'inherits', 'with', 'accessMethod', 'replicaIdentity'],
  mysql: ['engine', 'charset', 'collation', 'options', 'partitions'],
  sqlite: ['strict', 'withoutRowid', 'nullableKey'],
}

function settingsOf(table: string, given: Omit<AlterTableGiven, 'comment'>): TableSettings {
  const told = Object.entries(given).filter(([, own]) => own !== undefined && Object.keys(own).length > 0)
  for (const [engine, own] of told) {
    const names: readonly string[] = known[engine as keyof TableSettings] ?? []
    const unknown = names.length === 0 ? engine : Object.keys(own).find((name) => !names.includes(name))
    if (unknown === undefined) continue
    throw new AludelError('unknown-option', `alterTable of "${table}" is given "${unknown}", which it does not know.`, {
      hint: `It takes comment, ${Object.entries(known)
        .map(([key, all]) => `${key}: { ${all.join(', ')} }`)
        .join(', ')}.`,
    })
  }
  const { mysql, ...others } = Object.fromEntries(told) as TableSettings
  return mysql === undefined ? others : { ...others, mysql: { ...textSettings(mysql), ...mysql } }
}

/** A character set comes with its own collation, and a collation with its character set. */
function textSettings(mysql: NonNullable<TableSettings['mysql']>): NonNullable<TableSettings['mysql']> {
  return 'charset' in mysql || 'collation' in mysql ? { charset: null, collation: null } : {}
}
