// A step in pieces: operations that are rendered together, code and files that go by themselves, and what stays outside the transaction.

import type { Dialect } from '../dialects/dialect.ts'
import type { ObjectRef } from '../ops/definition.ts'
import type { Op } from '../ops/operations.ts'
import { definitionOf } from '../ops/registry.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import type { ArchiveOp } from './archives.ts'

export type Segment =
  | { readonly kind: 'ops'; readonly ops: readonly Op[]; readonly offset: number; readonly apart: boolean }
  | { readonly kind: 'run'; readonly op: Op<'run'>; readonly offset: number; readonly apart: boolean }
  | { readonly kind: 'file'; readonly op: Op<'insertFile'>; readonly offset: number }
  | { readonly kind: 'archive'; readonly op: ArchiveOp; readonly offset: number; readonly apart: boolean }

/**
 * Cuts after every operation that may have changed anything, so that what follows is rendered from what is there then;
 * and after a rename where something must be read afterwards, because the engine rewrites its own texts as it renames.
 */
export function segmentsOf(ops: readonly Op[], dialect: Pick<Dialect, 'reads'>): readonly Segment[] {
  const segments: Segment[] = []
  let open: Op[] = []
  let start = 0
  const close = (next: number) => {
    if (open.length > 0) segments.push({ kind: 'ops', ops: open, offset: start, apart: false })
    open = []
    start = next
  }
  for (const [position, op] of ops.entries()) {
    if (op.kind === 'run') {
      close(position + 1)
      segments.push({ kind: 'run', op, offset: position, apart: false })
    } else if (op.kind === 'insertFile') {
      close(position + 1)
      segments.push({ kind: 'file', op, offset: position })
    } else if (op.kind === 'setAside' || op.kind === 'putBack') {
      close(position + 1)
      segments.push({ kind: 'archive', op, offset: position, apart: false })
    } else if (op.kind === 'autocommit') {
      close(position + 1)
      for (const inner of segmentsOf(op.ops, dialect)) {
        segments.push('apart' in inner ? { ...inner, offset: position, apart: true } : { ...inner, offset: position })
      }
    } else {
      open.push(op)
      const reread = isRename(op) && ops.slice(position + 1).some((next) => dialect.reads(next).length > 0)
      if (reread || definitionOf(op).touches(op) === 'unknown') close(position + 1)
    }
  }
  close(ops.length)
  return segments
}

/** The operations after a segment that share a transaction with it. */
export function laterThan(segments: readonly Segment[], segment: Segment): readonly Op[] {
  if (isApart(segment)) return []
  const after = segments.slice(segments.indexOf(segment) + 1)
  const end = after.findIndex(isApart)
  return (end === -1 ? after : after.slice(0, end)).flatMap((one) => (one.kind === 'ops' ? one.ops : [one.op]))
}

function isApart(segment: Segment): boolean {
  return 'apart' in segment && segment.apart
}

function isRename(op: Op): boolean {
  return op.kind === 'renameTable' || op.kind === 'moveTable' || op.kind === 'renameColumn'
}

/** What must be read before the operations can be rendered; made by an earlier one of them, it need not be. */
export function readsOf(ops: readonly Op[], dialect: Dialect): readonly ObjectRef[] {
  const wanted = new Map<string, ObjectRef>()
  const made = new Set<string>()
  for (const op of ops) {
    for (const ref of dialect.reads(op)) {
      const key = `${ref.kind}\0${ref.namespace ?? ''}\0${ref.name}`
      if (!made.has(key)) wanted.set(key, ref)
    }
    if (op.kind === 'createTable' && !op.ifNotExists) made.add(`table\0${op.table.namespace ?? ''}\0${op.table.name}`)
    if (op.kind === 'createView') made.add(`view\0${op.view.namespace ?? ''}\0${op.view.name}`)
    if (op.kind === 'renameView') made.add(`view\0${op.view.namespace ?? ''}\0${op.name}`)
    if (op.kind === 'createEnum') made.add(`enum\0${op.enumeration.namespace ?? ''}\0${op.enumeration.name}`)
    if (op.kind === 'moveTable') made.add(`table\0${op.namespace ?? ''}\0${op.table.name}`)
    if (op.kind === 'renameTable') made.add(`table\0${op.table.namespace ?? ''}\0${op.name}`)
  }
  return [...wanted.values()]
}

/** True where a step is one transaction: the engine has those for DDL, nobody asked for none, and every operation can be in one. */
export function isAllOrNothing(
  project: Pick<Project, 'transaction'>,
  { features }: Pick<Dialect, 'features'>,
  script: Pick<Script, 'transaction'>,
  ops: readonly Op[],
): boolean {
  const mode = script.transaction ?? project.transaction
  return features.transactionalDdl && mode !== 'none' && isAtomic(ops)
}

/** True where code shares a transaction with its row of the journal, though other parts of the step may not. */
export function isCodeTogether(project: Pick<Project, 'transaction'>, script: Pick<Script, 'transaction'>): boolean {
  return (script.transaction ?? project.transaction) !== 'none'
}

/** True where everything in the step can be in one transaction. */
export function isAtomic(ops: readonly Op[]): boolean {
  return !ops.some(
    (op) =>
      op.kind === 'autocommit' ||
      (op.kind === 'execute' && !op.transactional) ||
      (op.kind === 'createIndex' && op.index.postgres?.concurrently === true) ||
      ((op.kind === 'dropIndex' || op.kind === 'detachPartition') && op.concurrently),
  )
}
