// What the bodies of revisions touch, recorded when it is asked and once.

import type { Dialect } from '../../dialects/dialect.ts'
import { type ObjectRef, refKey } from '../../ops/definition.ts'
import type { Op } from '../../ops/operations.ts'
import { definitionOf } from '../../ops/registry.ts'
import type { Project } from '../../project/project.ts'
import type { Script, ScriptFile } from '../../project/scripts.ts'
import type { BodyTouches, ObjectUse } from '../../revisions/repair/facts.ts'
import { type Body, type Direction, recordBody } from '../../runner/body.ts'
import { recordingDialect } from '../../runner/session.ts'

export interface Bodies {
  /** What a revision on disk does; the error where that cannot be recorded. */
  record(path: string, direction: Direction): Body | Error
  /** Makes a file known that is not on disk. */
  add(file: ScriptFile): void
  /** Null where it cannot be recorded. */
  touches(path: string): BodyTouches | null
}

export async function bodiesOf(project: Project, files: readonly ScriptFile[]): Promise<Bodies> {
  const dialect = await recordingDialect(project)
  await project.loader.ready()
  const byPath = new Map(files.map((file) => [file.path, file]))
  const known = new Map<string, Body | Error>()
  const touched = new Map<string, BodyTouches | null>()
  const record = (path: string, direction: Direction): Body | Error => {
    const key = `${direction} ${path}`
    const found = known.get(key) ?? recorded(project, byPath.get(path), direction, dialect)
    known.set(key, found)
    return found
  }
  return {
    record,
    add: (file) => {
      if (byPath.has(file.path)) return
      byPath.set(file.path, file)
      project.loader.provide(file.file, file.text)
    },
    touches: (path) => {
      const found = touched.get(path)
      if (found !== undefined) return found
      const body = record(path, 'upgrade')
      const answer = body instanceof Error ? null : touchesOf(body.ops)
      touched.set(path, answer)
      return answer
    },
  }
}

function recorded(
  project: Project,
  file: ScriptFile | undefined,
  direction: Direction,
  dialect: Dialect,
): Body | Error {
  if (file === undefined) return new Error('The file is not on disk.')
  try {
    // What it touches is asked, not whether this engine could do it.
    const { name, features } = dialect
    return recordBody(project, file.script ?? standIn(file), direction, { name, features })
  } catch (error) {
    return error instanceof Error ? error : new Error(String(error))
  }
}

/** A file whose header is wrong still has a body. */
function standIn({ file, path, fields, text }: ScriptFile): Script {
  return {
    id: typeof fields.revision === 'string' ? fields.revision : path,
    downRevisions: [],
    dependsOn: [],
    branchLabels: [],
    phase: null,
    message: '',
    createdAt: null,
    path,
    file,
    transaction: null,
    wayDown: 'written',
    text,
    sendsSql: false,
  }
}

/** Together what the operations touch; what one makes, a later one need not find. */
export function touchesOf(ops: readonly Op[]): BodyTouches {
  const requires = new Map<string, ObjectUse>()
  const provides = new Map<string, ObjectUse>()
  const removes = new Map<string, ObjectUse>()
  let unknown = false
  for (const op of ops) {
    const answer = definitionOf(op).touches(op)
    if (answer === 'unknown') {
      const declared = 'touches' in op ? op.touches : null
      if (declared === null) unknown = true
      for (const name of declared ?? []) add(provides, { kind: 'table', namespace: null, name, part: null })
      continue
    }
    for (const ref of answer.requires) if (!unknown && !provides.has(objectUse(ref)?.key ?? '')) add(requires, ref)
    for (const ref of answer.removes) add(removes, ref)
    for (const ref of answer.provides) add(provides, ref)
  }
  return { requires: [...requires.values()], provides: [...provides.values()], removes: [...removes.values()], unknown }
}

function add(to: Map<string, ObjectUse>, ref: ObjectRef): void {
  const use = objectUse(ref)
  if (use !== null) to.set(use.key, use)
}

/**
 * Names of indexes and constraints are left aside: what is unnamed there has one in the database. So are triggers and
 * policies, which nothing else refers to. A view goes by the name of a table, which is how others refer to it.
 */
function objectUse(ref: ObjectRef): ObjectUse | null {
  const qualified = ref.namespace === null ? `"${ref.name}"` : `"${ref.namespace}"."${ref.name}"`
  const table = refKey({ kind: 'table', namespace: ref.namespace, name: ref.name, part: null })
  const isView = ref.kind === 'view' || ref.kind === 'materializedView'
  const key = isView ? table : refKey(ref)
  switch (ref.kind) {
    case 'table':
    case 'enum':
    case 'namespace':
    case 'extension':
      return { key, title: `${ref.kind} ${qualified}`, owner: key }
    case 'sequence':
    case 'function':
    case 'view':
    case 'domain':
      return { key, title: `${ref.kind} ${qualified}`, owner: key }
    case 'compositeType':
      return { key, title: `type ${qualified}`, owner: key }
    case 'object':
      return ref.part?.includes(' ON ') ? null : { key, title: `${ref.part} ${qualified}`, owner: key }
    case 'materializedView':
      return { key, title: `materialized view ${qualified}`, owner: key }
    case 'column':
      return { key, title: `column ${qualified}."${ref.part}"`, owner: table }
    case 'index':
    case 'constraint':
    case 'trigger':
    case 'policy':
      return null
  }
}
