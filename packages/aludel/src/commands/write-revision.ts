// Where a new revision goes and what it follows: shared by revision, migrate and merge.

import { spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve as resolvePath, sep } from 'node:path'
import { AludelError } from '../errors.ts'
import type { Op } from '../ops/operations.ts'
import type { Project } from '../project/project.ts'
import { fileNameOf, revisionText } from '../project/revision-file.ts'
import { pathFrom } from '../project/script-places.ts'
import { loadScripts, requireWritable, type Script, versionFolders } from '../project/scripts.ts'
import { writeFile, writeNewFile } from '../project/write.ts'
import type { RevisionGraph } from '../revisions/graph.ts'
import { illegalIdReason, illegalLabelReason } from '../revisions/problems.ts'
import { heads } from '../revisions/relations.ts'
import { resolve } from '../revisions/target.ts'
import { headsLockEdit } from './heads-lock.ts'
import { type RevisionJson, revisionJson } from './revision-json.ts'

export interface NewRevisionOptions {
  readonly message?: string
  /** What it follows; default: the one head. 'base' begins a chain of its own. */
  readonly head?: string
  /** Allow following a revision that is followed already. */
  readonly splice?: boolean
  readonly branchLabels?: readonly string[]
  readonly dependsOn?: readonly string[]
  readonly versionPath?: string
  readonly revisionId?: string
  /** ISO 8601; default: now, or SOURCE_DATE_EPOCH. */
  readonly createdAt?: string
}

export interface WrittenRevision {
  readonly revision: RevisionJson
  readonly file: string
  /** What the `afterWrite` commands said where they failed. */
  readonly warnings: readonly string[]
}

export interface Body {
  readonly upgrade: readonly Op[]
  readonly downgrade: readonly Op[]
  readonly remarks: readonly string[]
}

/** Which revisions a new one follows. */
export function parentsFor(graph: RevisionGraph<Script>, options: NewRevisionOptions): readonly string[] {
  const current = heads(graph)
  if (options.head === undefined) {
    if (current.length <= 1) return current
    throw new AludelError(
      'multiple-heads',
      `Multiple head revisions are present, ${current.join(', ')}, so it is not clear which one to follow.`,
      {
        hint: 'Join them with `aludel merge heads`, or choose one with `--head REVISION`.',
        details: { heads: current },
      },
    )
  }
  const parents = resolve(graph, options.head)
  const followed = parents.find((parent) => !current.includes(parent))
  if (followed !== undefined && options.splice !== true) {
    throw new AludelError(
      'not-a-head',
      `Revision ${followed} is followed already, so a new one after it begins a branch.`,
      {
        hint: 'Add --splice if a branch is what you want; else leave --head out.',
        details: { revision: followed, heads: current },
      },
    )
  }
  return parents
}

export function writeRevision(
  project: Project,
  parents: readonly string[],
  options: NewRevisionOptions,
  body: Body,
): WrittenRevision {
  const graph = requireWritable(loadScripts(project))
  const id = options.revisionId ?? randomBytes(6).toString('hex')
  checkId(graph, id, options)
  const draft = {
    id,
    message: options.message ?? '',
    downRevisions: parents,
    dependsOn: (options.dependsOn ?? []).map((name) => dependency(graph, name)),
    branchLabels: options.branchLabels ?? [],
    createdAt: creationTime(project, options.createdAt),
    ...body,
  }
  const name = fileNameOf(project.configuration.fileName ?? '{revision}_{slug}', draft)
  const file = join(folderFor(project, graph, parents, options.versionPath), `${name}.ts`)
  writeNewFile(file, revisionText(draft, project.naming))
  const warnings = afterWrite(project, file)
  const { graph: after } = loadScripts(project)
  const script = after.revisions.get(id)
  if (script === undefined)
    throw new AludelError('not-found-again', `The new file ${file} was written but is not read as a revision.`)
  const lock = headsLockEdit(project, after)
  if (lock !== null) writeFile(lock.file, lock.after)
  return { revision: revisionJson(after, script, null), file, warnings }
}

function checkId(graph: RevisionGraph<Script>, id: string, options: NewRevisionOptions): void {
  const reason = illegalIdReason(id)
  if (reason !== null)
    throw new AludelError('illegal-id', `The identifier "${id}" ${reason}.`, { hint: 'Choose another --rev-id.' })
  if (graph.names.has(id)) {
    throw new AludelError('duplicate-revision', `There is a revision or branch "${id}" already.`, {
      hint: 'Choose another --rev-id.',
    })
  }
  for (const label of options.branchLabels ?? []) {
    const wrong = illegalLabelReason(label) ?? (graph.names.has(label) || label === id ? 'is taken already' : null)
    if (wrong !== null)
      throw new AludelError('label-conflict', `The branch label "${label}" ${wrong}.`, {
        hint: 'Choose another --branch-label.',
      })
  }
}

/** A dependency keeps a branch label as it is; a partial identifier is written out. */
function dependency(graph: RevisionGraph<Script>, name: string): string {
  if (graph.names.has(name)) return name
  const [found] = resolve(graph, name)
  return found ?? name
}

/** ISO 8601 to the second: what was given, or SOURCE_DATE_EPOCH, or now. */
export function creationTime(project: Project, given: string | undefined): string {
  const epoch = project.environment.SOURCE_DATE_EPOCH
  const at =
    given !== undefined
      ? new Date(given)
      : epoch !== undefined && epoch !== ''
        ? new Date(Number(epoch) * 1000)
        : new Date()
  if (Number.isNaN(at.getTime())) {
    throw new AludelError('invalid-date', `"${given ?? epoch}" is not a date.`, {
      hint: 'Write it as 2026-11-23T10:00:00Z.',
    })
  }
  return at.toISOString().replace(/\.\d+Z$/, 'Z')
}

/** The folder of the revision it follows, or the one that was named, or the only one. */
function folderFor(
  project: Project,
  graph: RevisionGraph<Script>,
  parents: readonly string[],
  named: string | undefined,
): string {
  const folders = versionFolders(project)
  if (named !== undefined) {
    const wanted = resolvePath(project.directory, named)
    const found = folders.find((folder) => folder === wanted || folder === join(wanted, 'versions'))
    if (found !== undefined) return found
    throw new AludelError('unknown-version-path', `${wanted} is not one of the project's version folders.`, {
      hint: `There are: ${folders.map((folder) => pathFrom(project.directory, folder)).join(', ')}.`,
    })
  }
  const parent = graph.revisions.get(parents[0] ?? '')
  const own = folders.find((folder) => parent?.file.startsWith(`${folder}${sep}`))
  if (own !== undefined) return own
  const [first] = folders
  if (first !== undefined && folders.length === 1) return first
  throw new AludelError(
    'version-path-needed',
    'There are several version folders, and nothing says which one is meant.',
    {
      hint: `Add --version-path with one of: ${folders.map((folder) => pathFrom(project.directory, folder)).join(', ')}.`,
    },
  )
}

/** Runs the configured commands on the new file; one that fails is told, the file stays. */
function afterWrite(project: Project, file: string): readonly string[] {
  return (project.configuration.afterWrite ?? []).flatMap((command) => {
    const words = command
      .split(/\s+/)
      .filter((word) => word !== '')
      .map((word) => word.replaceAll('{file}', file))
    const [program, ...given] = words
    if (program === undefined) return []
    const done = spawnSync(localProgram(project, program), given, { cwd: project.directory, encoding: 'utf8' })
    if (done.status === 0) return []
    const said = done.error === undefined ? `${done.stdout}${done.stderr}`.trim() : whyNotStarted(program, done.error)
    return [`"${command}" failed${said === '' ? '' : `: ${said}`}`]
  })
}

function whyNotStarted(program: string, error: Error): string {
  return (error as NodeJS.ErrnoException).code === 'ENOENT' ? `the program ${program} was not found` : error.message
}

/** A program of the project's own packages comes before one of the path. */
function localProgram(project: Project, program: string): string {
  const local = join(project.directory, 'node_modules', '.bin', program)
  return !program.includes('/') && existsSync(local) ? local : program
}
