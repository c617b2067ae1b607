// The schema that a chain of revisions makes, in memory: what offline SQL and inverted downgrades stand on. Never guessed.

import type { Dialect } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import type { ObjectRef } from '../ops/definition.ts'
import { executeTexts } from '../ops/execute-sql.ts'
import type { Op } from '../ops/operations.ts'
import { applyAll, applyOp, definitionOf } from '../ops/registry.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { history } from '../revisions/history.ts'
import { ancestors } from '../revisions/relations.ts'
import { findTable } from '../schema/lookup.ts'
import { emptySchema, type Schema } from '../schema/model.ts'
import type { Sql } from '../schema/sql.ts'
import { recordBody } from './body.ts'

export interface Folded {
  readonly schema: Schema
  /** Tables, or '*' for everything, that a revision changed in a way that nobody declared; with that revision. */
  readonly unknown: ReadonlyMap<string, string>
}

export const nothing: Folded = { schema: emptySchema, unknown: new Map() }

/** What is there once these revisions and all they need have run on an empty database. */
export function foldAt(
  project: Project,
  graph: RevisionGraph<Script>,
  ids: readonly string[],
  dialect: Dialect,
): Folded {
  if (ids.length === 0) return nothing
  const wanted = new Set([...ids, ...ancestors(graph, ids)])
  const order = history(graph)
    .filter((id) => wanted.has(id))
    .reverse()
  let folded = nothing
  for (const id of order) {
    const script = graph.revisions.get(id)
    if (script === undefined) continue
    folded = foldOps(folded, recordBody(project, script, 'upgrade', dialect).ops, id, dialect)
  }
  return folded
}

export function foldOps(before: Folded, ops: readonly Op[], revision: string, dialect: Dialect): Folded {
  let folded = before
  for (const op of ops) folded = foldOne(folded, op, revision, dialect)
  return folded
}

function foldOne(before: Folded, op: Op, revision: string, dialect: Dialect): Folded {
  const { schema, unknown } = before
  if (op.kind === 'autocommit') return foldOps(before, op.ops, revision, dialect)
  const isUnknown = definitionOf(op).touches(op) === 'unknown'
  const effects = isUnknown && op.kind === 'execute' && op.touches === null ? effectsOf(op, schema, dialect) : null
  if (effects !== null) return foldOps(before, effects, revision, dialect)
  const next = new Map(unknown)
  if (isUnknown) {
    const declared = 'touches' in op ? op.touches : null
    for (const name of declared ?? ['*']) next.set(name, revision)
    // SQL that nobody understands may have changed any table; code is there for rows, and says where it is not.
    if (declared === null && op.kind === 'execute') for (const { name } of schema.tables) next.set(name, revision)
  }
  if (op.kind === 'createTable') next.delete(op.table.name)
  return { schema: applyOp(schema, op), unknown: next }
}

/** What its texts do, one after the other, where the engine's own grammar tells; else null. */
function effectsOf(op: Op<'execute'>, before: Schema, dialect: Dialect): readonly Op[] | null {
  const texts = executeTexts(op.sql, dialect.name)
  if (texts === null) return null
  const effects: Op[] = []
  let schema = before
  for (const text of texts) {
    const own = dialect.understanding.effects(plainText(text, dialect), schema)
    if (own === null) return null
    effects.push(...own)
    schema = applyAll(schema, own)
  }
  return effects
}

function plainText({ parts }: Sql, { quote, literal }: Dialect): string {
  return parts
    .map((part) => {
      if (typeof part === 'string') return part
      return 'name' in part ? part.name.map(quote).join('.') : literal(part.value)
    })
    .join('')
}

/** Makes ready what following a chain needs: nothing where no file of it sends SQL of its own. */
export async function readyToFold(graph: RevisionGraph<Script>, { understanding }: Dialect): Promise<void> {
  for (const { sendsSql } of graph.revisions.values()) if (sendsSql) return understanding.ready()
}

/** Refuses where something must be known that the fold does not know. */
export function requireKnown({ schema, unknown }: Folded, reads: readonly ObjectRef[], revision: string): void {
  for (const ref of reads) {
    if (ref.kind !== 'table') continue
    const since = unknown.get(ref.name) ?? (findTable(schema, ref) === null ? unknown.get('*') : undefined)
    if (since === undefined && findTable(schema, ref) !== null) continue
    throw new AludelError(
      'unknown-object',
      since === undefined
        ? `Revision ${revision} changes table "${ref.name}", but no revision before it makes that table.`
        : `Revision ${revision} changes table "${ref.name}", which is not known without a database since revision ${since}.`,
      {
        hint:
          since === undefined
            ? 'Run it with a connection, or add the revision that creates the table.'
            : `Say in revision ${since} what its SQL or code does: { effects: (op) => op.addColumn(...) }.`,
        details: { table: ref.name, revision, since: since ?? null },
      },
    )
  }
}
