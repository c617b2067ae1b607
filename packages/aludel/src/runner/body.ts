// A revision's body: its file loaded, its function called with a recorder, the operations taken down.

import type { Dialect } from '../dialects/dialect.ts'
import { AludelError, isAludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import { type RecordRequest, record } from '../ops/recorder.ts'
import type { Operations } from '../ops/surface.ts'
import { dataFile, dataSum } from '../project/data/file.ts'
import type { Project } from '../project/project.ts'
import type { Script } from '../project/scripts.ts'
import { canonicalJson } from '../schema/canonical.ts'
import { inverse, inverseMark } from './inverse.ts'
import { sourceSum, textSum } from './sums.ts'

export type Direction = 'upgrade' | 'downgrade'

export interface Body {
  readonly ops: readonly Op[]
  /** True where the way down is to be inverted from `upgrade`; `ops` are none then. */
  readonly inverted: boolean
  /** True where the file exports no such function: a way down is the inverse then. */
  readonly missing: boolean
}

type RecordingDialect = Pick<Dialect, 'name' | 'features'> & Partial<Pick<Dialect, 'refuse'>>

/** How the operations of a revision are recorded, from its functions and from the code that they run. */
export function recordRequest(
  project: Project,
  script: Script,
  { name, features, refuse }: RecordingDialect,
): RecordRequest {
  return {
    dialect: name,
    features,
    refuse,
    naming: project.naming,
    arguments: project.arguments,
    dataSum: (path) => dataSum(dataFile(project, script, path), path),
    revision: script.id,
  }
}

/** Records one direction of a revision. Loading and calling it touches nothing. */
export function recordBody(project: Project, script: Script, direction: Direction, dialect: RecordingDialect): Body {
  const exports = project.loader.load(script.file)
  // A way down that is left out is the inverse, as one that says so.
  const missing = direction === 'downgrade' && exports.downgrade === undefined
  const body = missing ? inverse : exports[direction]
  if (typeof body !== 'function') {
    throw new AludelError('no-body', `${script.path} exports no function \`${direction}\`.`, {
      hint: `Write \`export function ${direction}(op) { ... }\`.`,
      details: { file: script.path, revision: script.id },
    })
  }
  if (inverseMark in body) {
    if (direction === 'upgrade') throw inverseUpgrade(script)
    return { ops: [], inverted: true, missing }
  }
  try {
    return {
      ops: record(recordRequest(project, script, dialect), body as (op: Operations) => unknown),
      inverted: false,
      missing,
    }
  } catch (error) {
    throw recordingFailure(error, project, script, direction)
  }
}

function inverseUpgrade(script: Script): AludelError {
  return new AludelError('inverse-upgrade', `${script.path} exports \`inverse\` as its \`upgrade\`.`, {
    hint: 'Write `export function upgrade(op) { ... }`: only the way down can be inverted.',
    details: { file: script.path, revision: script.id },
  })
}

function recordingFailure(error: unknown, project: Project, script: Script, direction: Direction): AludelError {
  const problem = error instanceof Error ? error : new Error(String(error))
  const place = project.loader.placeIn(problem, script.file)
  const line = place === null ? script.path : `${script.path}${place.slice(script.file.length)}`
  const code = isAludelError(error) ? error.code : 'body-failed'
  return new AludelError(
    code,
    `\`${direction}\` of revision ${script.id} (${line}) failed before anything was sent: ${problem.message}`,
    {
      hint: isAludelError(error) ? error.hint : null,
      details: { ...(isAludelError(error) ? error.details : {}), file: script.path, revision: script.id },
      cause: error,
    },
  )
}

/** The sum of a file's text with LF line ends and without a byte order mark: of the text that was loaded. */
export function rawSum(project: Project, script: Script): string {
  return sourceSum(project.loader.textOf(script.file))
}

/** The sum of recorded operations, whatever comments and white space the file has. */
export function opsSum(ops: readonly Op[]): string {
  return textSum(canonicalJson(ops))
}
