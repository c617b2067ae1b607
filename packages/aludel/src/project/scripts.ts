// The revision files of a project: found, their headers read, and put together as a graph.

import { isUtf8 } from 'node:buffer'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { AludelError } from '../errors.ts'
import { buildGraph, type RevisionGraph } from '../revisions/graph.ts'
import type { Phase, Revision } from '../revisions/revision.ts'
import { type FileProblem, fileProblem, headerProblem, valueProblem } from './check-header.ts'
import type { TransactionMode } from './configuration.ts'
import { type Header, type HeaderFields, listOf, readHeader, readMessage } from './header.ts'
import { type ParsedHeader, parseHeader } from './parse-header.ts'
import type { Project } from './project.ts'
import { findRevisionFiles, type Place } from './script-places.ts'

export type { FileProblem } from './check-header.ts'

/** A revision with its file. */
export interface Script extends Revision {
  /** The file, relative to the project's folder, with `/`. */
  readonly path: string
  /** The file, absolute. */
  readonly file: string
  readonly transaction: TransactionMode | null
  /** What its text lets expect: a `downgrade` of its own, or one that is inverted or missing, which loading tells. */
  readonly wayDown: 'written' | 'other'
  /** What the file says, as its header was read. */
  readonly text: string
  /** True where its text lets expect SQL of its own, in `op.execute`. */
  readonly sendsSql: boolean
}

/** One revision file as it was read, whatever is wrong with it. */
export interface ScriptFile {
  /** Relative to the project's folder, with `/`. */
  readonly path: string
  /** Absolute. */
  readonly file: string
  /** '' where it cannot be read. */
  readonly text: string
  /** 'other' where the bytes are no UTF-8, so that writing the text would change more than is wanted. */
  readonly encoding: 'utf-8' | 'other'
  /** What its header says literally, as far as it could be read; a number is there as its text. */
  readonly fields: HeaderFields
  /** Header names whose value is computed, so that `fields` lacks them. */
  readonly computed: readonly (keyof Header)[]
  /** Header names whose value is or holds a number, where a text in quotes belongs. */
  readonly numbers: readonly (keyof Header)[]
  /** Null where a problem keeps it out of the graph. */
  readonly script: Script | null
  readonly problem: FileProblem | null
}

export interface Scripts {
  readonly graph: RevisionGraph<Script>
  /** Everything that makes the graph illegal, with the files concerned. */
  readonly problems: readonly FileProblem[]
}

/** Reads every header under the project's `versions` folders. Never throws for what a file says. */
export function loadScripts(project: Project, files = readScriptFiles(project)): Scripts {
  const { graph, problems } = scriptsFrom(files)
  return { graph, problems: [...project.migrations.flatMap(missingFolder), ...problems] }
}

/** Every revision file of the project in load order. Never throws for what a file says. */
export function readScriptFiles(project: Project): readonly ScriptFile[] {
  return findRevisionFiles(versionFolders(project), project.directory).map((place) => {
    const text = textOf(place.file)
    if (typeof text === 'string') return readScriptFile(place, text, encodingOf(place.file, text))
    const problem = fileProblem('unreadable-revision', place.path, {}, `${place.path} cannot be read: ${text.message}.`)
    return { ...place, text: '', encoding: 'other', fields: {}, computed: [], numbers: [], script: null, problem }
  })
}

/** The same of a text that need not be on disk. */
export function readScriptFile(
  { file, path }: Place,
  text: string,
  encoding: ScriptFile['encoding'] = 'utf-8',
): ScriptFile {
  const sure = readHeader(text)
  const { fields, computed, numbers, errors } = sure === null ? parseHeader(file, text) : { ...plain, fields: sure }
  const problem =
    sure === null ? headerProblem(path, { fields, computed, numbers, errors }) : valueProblem(path, fields)
  const script = problem === null ? scriptOf(fields, text, { file, path }) : null
  return { path, file, text, encoding, fields, computed, numbers, script, problem }
}

const plain: Omit<ParsedHeader, 'fields'> = { computed: [], numbers: [], errors: [] }

/** The graph of files that were read, with the problems of the files and then those of the graph. */
export function scriptsFrom(files: readonly ScriptFile[]): Scripts {
  const scripts = files.flatMap(({ script }) => script ?? [])
  const problems = files.flatMap(({ problem }) => problem ?? [])
  // What follows a file that is there but unusable does not dangle: that file is what has to be mended.
  const stated = new Set(files.flatMap((file) => (file.problem === null ? [] : namesStated(file))))
  const graph = buildGraph(scripts)
  for (const problem of graph.problems) {
    const missing = problem.code === 'missing-parent' || problem.code === 'missing-dependency'
    if (missing && problem.subject !== null && stated.has(problem.subject)) continue
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

function namesStated({ fields }: ScriptFile): readonly string[] {
  return [...listOf(fields.revision), ...listOf(fields.branchLabels)]
}

/** Nothing to do is a wrong answer where a path was misspelt or a deployment came without its revisions. */
export function missingFolder(folder: string): readonly FileProblem[] {
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
      hint:
        hints[first.code] ??
        '`aludel fix-chain` shows how it would be mended; `aludel history` shows the rest of the graph.',
      details: { problems: scripts.problems, files: first.files },
    },
  )
}

const hints: Readonly<Record<string, string>> = {
  [noFolder]: 'Correct --directory or `migrations` in the config file, or make a first one with `aludel init`.',
  'missing-parent':
    'Restore the missing file, or correct the downRevision: `aludel fix-chain` says which of the two, and can do it.',
  'duplicate-revision': 'Give the file that was added later an identifier of its own: `aludel fix-chain` proposes one.',
  'no-revision':
    "Write `export const revision = '...'`, or move the file out of the versions folder (a name that begins with `_` is skipped).",
  'incomplete-header':
    "Write `export const downRevision = null` for a base, or the identifier of the revision it follows: `export const downRevision = '...'`.",
  'illegal-id': 'Write identifiers as texts in quotes, of letters, digits, "_" and ".".',
  'unreadable-revision': 'Mend what is named above; `aludel history` shows the rest of the graph.',
  'invalid-header': 'Correct the header of the file.',
  'computed-header': 'Write the value as a literal: headers are read without executing the file.',
}

function textOf(file: string): string | Error {
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    return error as Error
  }
}

// Decoding puts U+FFFD where bytes are no UTF-8; where there is none, the bytes need not be looked at.
function encodingOf(file: string, text: string): ScriptFile['encoding'] {
  return text.includes('\uFFFD') && !isUtf8(readFileSync(file)) ? 'other' : 'utf-8'
}

function scriptOf(fields: HeaderFields, text: string, { file, path }: Place): Script {
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
    text,
    sendsSql: text.includes('execute'),
    wayDown: text.includes('downgrade') && !text.includes('inverse') ? 'written' : 'other',
  }
}
