// The revision files of a project: found, their headers read, and put together as a graph.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { AludelError } from '../errors.ts'
import { buildGraph, type RevisionGraph } from '../revisions/graph.ts'
import type { Phase, Revision } from '../revisions/revision.ts'
import { compareText } from '../schema/canonical.ts'
import type { TransactionMode } from './configuration.ts'
import { type Header, type HeaderFields, type HeaderValue, readHeader, readMessage } from './header.ts'
import { missingNames, parseHeader } from './parse-header.ts'
import type { Project } from './project.ts'

/** A revision with its file. */
export interface Script extends Revision {
  /** The file, relative to the project's folder, with `/`. */
  readonly path: string
  /** The file, absolute. */
  readonly file: string
  readonly transaction: TransactionMode | null
}

export interface FileProblem {
  readonly code: string
  readonly message: string
  readonly files: readonly string[]
  readonly revisions: readonly string[]
}

export interface Scripts {
  readonly graph: RevisionGraph<Script>
  /** Everything that makes the graph illegal, with the files concerned. */
  readonly problems: readonly FileProblem[]
}

/** Reads every header under the project's `versions` folders. Never throws for what a file says. */
export function loadScripts(project: Project): Scripts {
  const places = versionFolders(project)
    .flatMap((folder) => revisionFiles(folder, relative(project.directory, folder).split(sep).join('/')))
    .sort((a, b) => compareText(a.path, b.path))
  const scripts: Script[] = []
  const problems: FileProblem[] = project.migrations.flatMap(missingFolder)
  for (const { file, path } of places) {
    const read = readScript(file, path)
    if ('code' in read) problems.push(read)
    else scripts.push(read)
  }
  const graph = buildGraph(scripts)
  for (const problem of graph.problems) {
    const concerned = problem.positions.flatMap((position) => scripts[position]?.path ?? [])
    problems.push({
      code: problem.code,
      message: `${problem.message.replace(/\.$/, '')} (${concerned.join(', ')}).`,
      files: concerned,
      revisions: problem.revisions,
    })
  }
  return { graph: graph as RevisionGraph<Script>, problems }
}

// Nothing to do is a wrong answer where a path was misspelt or a deployment came without its revisions.
function missingFolder(folder: string): readonly FileProblem[] {
  if (existsSync(folder)) return []
  const message = `The folder of migrations ${folder} does not exist.`
  return [{ code: noFolder, message, files: [folder], revisions: [] }]
}

const noFolder = 'no-migrations'

/** The folders that hold revision files, made or not. */
export function versionFolders(project: Project): readonly string[] {
  return project.migrations.map((folder) => join(folder, 'versions'))
}

/** The same for verbs that write revision files: they make the folder. */
export function requireWritable({ graph, problems }: Scripts): RevisionGraph<Script> {
  return requireLegal({ graph, problems: problems.filter(({ code }) => code !== noFolder) })
}

/** Stops where the graph is illegal, with the files named. */
export function requireLegal(scripts: Scripts): RevisionGraph<Script> {
  const [first] = scripts.problems
  if (first === undefined) return scripts.graph
  const more = scripts.problems.length - 1
  throw new AludelError(
    first.code,
    `${first.message}${more > 0 ? ` And ${more} more ${more === 1 ? 'problem' : 'problems'}.` : ''}`,
    {
      hint: hints[first.code] ?? 'Mend the files named above; `aludel history` shows the rest of the graph.',
      details: { problems: scripts.problems, files: first.files },
    },
  )
}

const hints: Readonly<Record<string, string>> = {
  [noFolder]: 'Correct --directory or `migrations` in the config file, or make a first one with `aludel init`.',
  'missing-parent': 'Restore the missing file from version control, or correct the downRevision.',
  'duplicate-revision': 'Give the file that was added later an identifier of its own.',
  'no-revision':
    "Write `export const revision = '...'`, or move the file out of the versions folder (a name that begins with `_` is skipped).",
  'unreadable-revision': 'Mend what is named above; `aludel history` shows the rest of the graph.',
  'invalid-header': 'Correct the header of the file.',
  'computed-header': 'Write the value as a literal: headers are read without executing the file.',
}

interface Place {
  readonly file: string
  readonly path: string
}

function revisionFiles(folder: string, path: string): readonly Place[] {
  const found: Place[] = []
  const pending: Place[] = [{ file: folder, path }]
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    for (const entry of entriesOf(next.file)) {
      const { name } = entry
      if (name.startsWith('.') || name.startsWith('_')) continue
      const place = { file: `${next.file}${sep}${name}`, path: next.path === '' ? name : `${next.path}/${name}` }
      if (entry.isDirectory()) {
        if (name !== 'node_modules') pending.push(place)
      } else if (isRevisionFile(name)) found.push(place)
    }
  }
  return withoutCompiledTwins(found)
}

function entriesOf(folder: string) {
  try {
    return readdirSync(folder, { withFileTypes: true })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return []
    throw new AludelError('unreadable-folder', `The folder ${folder} cannot be read: ${(error as Error).message}.`, {
      hint: 'Correct --directory or `migrations` in the config file, or the rights of the folder.',
      cause: error,
    })
  }
}

function isRevisionFile(name: string): boolean {
  return /\.(?:ts|mts|js|mjs|cjs)$/.test(name) && !/\.d\.m?ts$/.test(name) && !/\.(?:test|spec)\.[cm]?[jt]s$/.test(name)
}

/** `x.ts` beside `x.js` is one revision, and the source is read. */
function withoutCompiledTwins(places: readonly Place[]): readonly Place[] {
  if (!places.some(({ file }) => /js$/.test(file))) return places
  const sources = new Set(
    places.filter(({ file }) => /\.m?ts$/.test(file)).map(({ file }) => file.replace(/\.m?ts$/, '')),
  )
  return places.filter(({ file }) => /\.m?ts$/.test(file) || !sources.has(file.replace(/\.[cm]?js$/, '')))
}

function textOf(file: string): string | Error {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return error as Error
  }
}

function readScript(file: string, path: string): Script | FileProblem {
  const text = textOf(file)
  if (typeof text !== 'string')
    return problem('unreadable-revision', path, {}, `${path} cannot be read: ${text.message}.`)
  const sure = readHeader(text)
  if (sure !== null) return checkedScript(sure, text, file, path)
  const { fields, computed, errors } = parseHeader(file, text)
  const [hidden] = computed
  if (hidden !== undefined) {
    return problem(
      'computed-header',
      path,
      fields,
      `The header of ${path} computes its ${hidden}, so it cannot be read without executing the file.`,
    )
  }
  const [missing] = missingNames(fields)
  if (missing !== undefined) {
    const [error] = errors
    if (error !== undefined)
      return problem('unreadable-revision', path, fields, `${path} is not valid TypeScript: ${error}.`)
    return problem('no-revision', path, fields, `${path} has no \`${missing}\` in its header.`)
  }
  return checkedScript(fields, text, file, path)
}

/** The words that a header may choose from. */
const choices: Readonly<Partial<Record<keyof Header, readonly string[]>>> = {
  phase: ['expand', 'migrate', 'contract'] satisfies readonly Phase[],
  transaction: ['run', 'revision', 'none'] satisfies readonly TransactionMode[],
}

function checkedScript(fields: HeaderFields, text: string, file: string, path: string): Script | FileProblem {
  const wrong = (message: string) => problem('invalid-header', path, fields, `${path}: ${message}`)
  if (typeof fields.revision !== 'string') return wrong('`revision` must be one text.')
  for (const name of ['createdAt', 'phase', 'transaction'] as const) {
    const value = fields[name] ?? null
    const known = choices[name]
    if (value !== null && typeof value !== 'string') return wrong(`\`${name}\` must be one text.`)
    if (value !== null && known?.includes(value) === false)
      return wrong(`\`${name}\` is "${value}", but it can only be ${known.map((one) => `"${one}"`).join(', ')}.`)
  }
  return scriptOf(fields, text, file, path)
}

function problem(code: string, path: string, fields: HeaderFields, message: string): FileProblem {
  return { code, message, files: [path], revisions: typeof fields.revision === 'string' ? [fields.revision] : [] }
}

function scriptOf(fields: HeaderFields, text: string, file: string, path: string): Script {
  const one = (name: keyof Header) => {
    const value = fields[name]
    return typeof value === 'string' ? value : null
  }
  return {
    id: one('revision') ?? '',
    downRevisions: listOf(fields.downRevision),
    dependsOn: listOf(fields.dependsOn),
    branchLabels: listOf(fields.branchLabels),
    phase: one('phase') as Phase | null,
    message: readMessage(text),
    createdAt: one('createdAt'),
    path,
    file,
    transaction: one('transaction') as TransactionMode | null,
  }
}

function listOf(value: HeaderValue | undefined): readonly string[] {
  if (value === null || value === undefined) return []
  return typeof value === 'string' ? [value] : value
}
