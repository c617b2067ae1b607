// diff: what leads from one source of a schema to another. Asks nothing, changes nothing.

import { createHash } from 'node:crypto'
import { type BetweenRequest, between } from '../compare/between.ts'
import { destroys } from '../compare/destroys.ts'
import { ownedOtherwise, unalterableBetween, unmodelledBetween, unmodelledInTheWay } from '../compare/unmodelled.ts'
import type { DialectName } from '../database/types.ts'
import type { Dialect } from '../dialects/dialect.ts'
import { AludelError } from '../errors.ts'
import { isIrreversible } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { definitionOf } from '../ops/registry.ts'
import type { Project } from '../project/project.ts'
import { revisionText } from '../project/revision-file.ts'
import type { SchemaReference } from '../project/schema-source.ts'
import { changeScript, changeText, type ScriptLine } from '../runner/change-script.ts'
import { ownTables } from '../runner/own-tables.ts'
import { readsOf } from '../runner/segments.ts'
import { canonicalJson, compareText } from '../schema/canonical.ts'
import type { Schema } from '../schema/model.ts'
import type { UnmodelledKind, UnmodelledObject } from '../schema/unmodelled.ts'
import { referenceOf } from '../sources/reference.ts'
import type { Resolved } from '../sources/source.ts'
import type { Command } from './command.ts'
import { withSources } from './with-sources.ts'
import { creationTime } from './write-revision.ts'

export interface DiffOptions {
  /** As on the command line: a path, an address, `at:REVISION`, `models`, `database`, `command:...`; or as in a configuration. */
  readonly from: string | SchemaReference
  readonly to: string | SchemaReference
  /** The address of a scratch database; default: the configuration's `dev`, or what can be had. */
  readonly dev?: string
  /** What has another name in the second source and is the same: `user.name=user.full_name`. */
  readonly renames?: readonly string[]
  /** The folder that paths start from; default: the project's. */
  readonly cwd?: string
  readonly signal?: AbortSignal
}

export interface DiffResult {
  readonly from: string
  readonly to: string
  readonly dialect: DialectName
  readonly differences: readonly Op[]
  /** The differences as sentences, in the same order. */
  readonly text: readonly string[]
  /** What is lost for ever, by the position of the operation. */
  readonly destroys: readonly { readonly operation: number; readonly what: string }[]
  /** What leads back; empty where something cannot be undone. */
  readonly downgrade: readonly Op[]
  /** Why nothing leads back, as a sentence; else null. */
  readonly irreversible: string | null
  /** The statements in order, those between them that begin and end transactions included. */
  readonly statements: readonly string[]
  /** The same as a script for the engine's own client; '' for no difference. */
  readonly sql: string
}

export const diff: Command<DiffOptions, DiffResult> = async (project, options) => {
  const directory = options.cwd ?? project.directory
  const references = [options.from, options.to].map((one) =>
    typeof one === 'string' ? referenceOf(one, directory) : one,
  )
  const signal = options.signal ?? new AbortController().signal
  return withSources(project, { references, dev: options.dev ?? null, directory, signal }, async (sources) => {
    const [from, to] = sources.resolved as readonly [Resolved, Resolved]
    const own = ownTables(project)
    return differenceOf({ from, to, dialect: sources.dialect, renames: options.renames ?? [], own })
  })
}

/** @throws AludelError `unsupported-kinds` */
export async function differenceOf(request: BetweenRequest): Promise<DiffResult> {
  const { from, to, dialect } = request
  requireModelled(notComparedBetween(from, to))
  const { before, there, back } = await between(request)
  requireModelled(unmodelledInTheWay(from.schema, there))
  const lines = await scriptFor({ ...from, schema: before }, there, dialect)
  return {
    from: from.title,
    to: to.title,
    dialect: dialect.name,
    differences: there,
    text: there.map((op) => definitionOf(op).describe(op)),
    destroys: there.flatMap((op, operation) => {
      const what = destroys(op, before, dialect)
      return what === null ? [] : [{ operation, what }]
    }),
    downgrade: isIrreversible(back) ? [] : back,
    irreversible: isIrreversible(back) ? back.irreversible : null,
    statements: lines.map(({ sql }) => sql),
    sql: changeText(lines, dialect),
  }
}

/** The statements for operations on what a source holds. */
export async function scriptFor(
  source: Pick<Resolved, 'schema' | 'printed'>,
  ops: readonly Op[],
  dialect: Dialect,
): Promise<readonly ScriptLine[]> {
  const before = await inDetail(source, ops, dialect)
  return changeScript({ dialect, ops, before, destroys: (op, schema) => destroys(op, schema, dialect) })
}

/** Some engines want their own text of what they change, which a reading of everything leaves out. */
async function inDetail(
  { schema: before, printed }: Pick<Resolved, 'schema' | 'printed'>,
  ops: readonly Op[],
  dialect: Dialect,
): Promise<Schema> {
  const reads = readsOf(ops, dialect)
  if (reads.length === 0 || printed === null || printed.db === null) return before
  const detailed = await dialect.introspect(printed.db, { objects: reads })
  const named = new Set(detailed.tables.map(({ namespace, name }) => `${namespace ?? ''}\0${name}`))
  const rest = before.tables.filter(({ namespace, name }) => !named.has(`${namespace ?? ''}\0${name}`))
  return { ...before, tables: [...rest, ...detailed.tables] }
}

function notComparedBetween(from: Resolved, to: Resolved): readonly UnmodelledObject[] {
  const [before, after] = [from.schema, to.schema]
  return [
    ...unmodelledBetween(before, after).filter(({ kind }) => to.printed !== null || !isOpen(kind)),
    ...unalterableBetween(before, after),
    ...(from.isLive || to.isLive ? [] : ownedOtherwise(before, after)),
  ]
}

/** Models have no word for it, so that a table which is there may have it. */
function isOpen(kind: UnmodelledKind): boolean {
  return kind === 'clause of a table' || kind === 'descending primary key'
}

/** What stands in both just so is no difference, and is left as it is. */
function requireModelled(objects: readonly UnmodelledObject[]): void {
  if (objects.length === 0) return
  const kinds = [...new Set(objects.map(({ kind }) => kind))].sort(compareText)
  throw new AludelError('unsupported-kinds', `The sources hold what is not compared yet: ${kinds.join(', ')}.`, {
    hint: 'Take these objects out of both sources, or bring them over by hand.',
    details: { kinds, objects: distinct(objects).map(({ kind, name }) => ({ kind, name })) },
  })
}

function distinct(objects: readonly UnmodelledObject[]): readonly UnmodelledObject[] {
  return [...new Map(objects.map((one) => [`${one.kind}\0${one.name}`, one])).values()]
}

/** The differences as a revision file, upgrade and downgrade; the same differences have the same identifier. */
export function diffRevision(project: Project, result: DiffResult): string {
  const { differences, downgrade, irreversible } = result
  const sum = createHash('sha256').update(canonicalJson([differences, downgrade]))
  return revisionText(
    {
      id: sum.digest('hex').slice(0, 12),
      message: `From ${result.from} to ${result.to}`,
      downRevisions: [],
      dependsOn: [],
      branchLabels: [],
      createdAt: creationTime(project, undefined),
      upgrade: differences,
      downgrade,
      remarks: irreversible === null ? [] : [`Write the way back by hand: ${irreversible}`],
    },
    project.naming,
  )
}
