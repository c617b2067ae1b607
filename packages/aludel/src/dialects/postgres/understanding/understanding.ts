// SQL as it was written, understood by PostgreSQL's own grammar: what it does to a schema, wherever that is certain.

import type { Node, ParseResult, ScanResult } from 'libpg-query'
import type { Op } from '../../../ops/operations.ts'
import { applyAll } from '../../../ops/registry.ts'
import type { Schema } from '../../../schema/model.ts'
import type { Understanding } from '../../dialect.ts'
import { alterTable } from './alter-table.ts'
import { createTable } from './create-table.ts'
import { drop } from './drop.ts'
import { createIndex } from './index-statement.ts'
import * as objects from './objects.ts'
import { rename, setNamespace } from './rename.ts'
import { rowsAlone } from './rows.ts'
import * as said from './said.ts'
import { type Reading, sourceOf, Unclear, unclear } from './source.ts'

interface Parser {
  readonly parseSync: (text: string) => ParseResult
  readonly scanSync: (text: string) => ScanResult
}

/** The grammar is large, so it is loaded when the first chain asks for it; without it nothing is understood. */
export function understandingOf(): Understanding {
  let parser: Parser | null = null
  return {
    ready: async () => {
      parser ??= await load()
    },
    effects: (text, before) => (parser === null ? null : effects(text, before, parser)),
  }
}

async function load(): Promise<Parser | null> {
  try {
    const { loadModule, parseSync, scanSync } = await import('libpg-query')
    await loadModule()
    return { parseSync, scanSync }
  } catch {
    return null
  }
}

function effects(text: string, before: Schema, parser: Parser): readonly Op[] | null {
  const statements = readingsOf(text, parser)
  if (statements === null) return null
  const ops: Op[] = []
  let schema = before
  try {
    for (const { node, source } of statements) {
      const own = operationsOf({ node, source, before: schema })
      ops.push(...own)
      schema = applyAll(schema, own)
    }
    return ops
  } catch (error) {
    if (error instanceof Unclear) return null
    throw error
  }
}

/** Each statement with its tokens; null where the text is not one of this grammar. */
function readingsOf(text: string, parser: Parser): readonly Omit<Reading, 'before'>[] | null {
  const bytes = Buffer.from(text)
  try {
    const { tokens } = parser.scanSync(text)
    return (parser.parseSync(text).stmts ?? []).flatMap(({ stmt, stmt_location: start = 0, stmt_len: length = 0 }) => {
      const end = length === 0 ? bytes.length : start + length
      return stmt === undefined ? [] : [{ node: stmt, source: sourceOf(bytes, tokens, { start, end }) }]
    })
  } catch {
    return null
  }
}

type Kinds = Node extends infer One ? (One extends One ? keyof One : never) : never
type Body<K extends Kinds> = Extract<Node, Readonly<Record<K, unknown>>>[K &
  keyof Extract<Node, Readonly<Record<K, unknown>>>]
type Readers = { readonly [K in Kinds]?: (statement: Body<K>, reading: Reading) => readonly Op[] }

const readers: Readers = {
  CreateStmt: createTable,
  AlterTableStmt: alterTable,
  IndexStmt: createIndex,
  DropStmt: drop,
  RenameStmt: rename,
  AlterObjectSchemaStmt: setNamespace,
  ViewStmt: objects.createView,
  CreateTableAsStmt: objects.createMaterializedView,
  CreateSeqStmt: objects.createSequence,
  AlterSeqStmt: objects.alterSequence,
  CreateFunctionStmt: objects.createFunction,
  CreateTrigStmt: objects.createTrigger,
  CreateExtensionStmt: objects.createExtension,
  CreateSchemaStmt: objects.createNamespace,
  CreateEnumStmt: objects.createEnum,
  AlterEnumStmt: objects.alterEnum,
  CommentStmt: said.comment,
  GrantStmt: said.grant,
}

function operationsOf(reading: Reading): readonly Op[] {
  const [kind, body] = Object.entries(reading.node)[0] ?? unclear()
  const reader = readers[kind as Kinds] as ((statement: unknown, reading: Reading) => readonly Op[]) | undefined
  if (reader !== undefined) return reader(body, reading)
  return rowsAlone(kind, body) ? [] : unclear()
}
