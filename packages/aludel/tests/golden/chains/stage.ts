// A case set up in a temporary project: files, history and database, and what is there afterwards.

import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { readScriptFile } from '../../../src/project/scripts.ts'
import { buildGraph } from '../../../src/revisions/graph.ts'
import { heads } from '../../../src/revisions/relations.ts'
import { onDatabase } from '../../cli/database.ts'
import { projectWith, sqliteConfig, type TestProject } from '../../cli/project.ts'
import type { Case, Contents } from './case.ts'

const firstCommit = Date.parse('2026-05-01T00:00:00Z') / 1000

export async function staged(one: Case): Promise<TestProject> {
  const project = projectWith(sqliteConfig)
  const committed = stateOf(one, one.branch)
  const files = [...new Map([...committed, ...one.work])]
  for (const [name, bytes] of files) if (bytes !== null) project.write({ [`migrations/${name}`]: bytes as never })
  if (files.length === 0) project.write({ 'migrations/versions/.gitkeep': '' })
  if (one.commits.length > 0) history(project, one)
  if (one.rows !== null || one.sql !== null) await database(project, one)
  return project
}

/** The files of a branch; one that is not main begins at main's first commit. */
function stateOf({ commits }: Case, branch: string): Contents {
  const start = branch === 'main' ? [] : commits.slice(0, 1)
  const own = [...start, ...commits.filter((commit) => commit.branch === branch)]
  return new Map(own.flatMap(({ contents }) => [...contents]))
}

function history(project: TestProject, { commits, branch }: Case): void {
  const tips = new Map<string, number>()
  const pieces = commits.map(({ branch, contents }, at) => {
    const parent = tips.get(branch) ?? (at === 0 ? null : 1)
    tips.set(branch, at + 1)
    const stamp = `Somebody <somebody@example.org> ${firstCommit + at * 86_400} +0000`
    const changes = [...contents].map(([name, bytes]) =>
      bytes === null
        ? Buffer.from(`D migrations/${name}\n`)
        : Buffer.concat([Buffer.from(`M 100644 inline migrations/${name}\ndata ${bytes.length}\n`), bytes, newline]),
    )
    const from = parent === null ? '' : `from :${parent}\n`
    const head = `commit refs/heads/${branch}\nmark :${at + 1}\ncommitter ${stamp}\ndata 1\n${at + 1}\n${from}`
    return Buffer.concat([Buffer.from(head), ...changes, newline])
  })
  git(project, ['init', '--quiet', `--initial-branch=${branch}`])
  git(project, ['fast-import', '--quiet'], Buffer.concat(pieces))
}

const newline = Buffer.from('\n')

function git({ folder }: TestProject, words: readonly string[], input = Buffer.alloc(0)): void {
  const answer = spawnSync('git', words, { cwd: folder, input })
  if (answer.status !== 0) throw new Error(answer.stderr.toString())
}

/** The version table has no key, as one that was made by hand. */
async function database({ path }: TestProject, { rows, sql }: Case): Promise<void> {
  await onDatabase(`sqlite:${path('app.db')}`, async (db) => {
    if (rows !== null) await db.query('CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)')
    for (const row of rows ?? []) await db.query('INSERT INTO alembic_version VALUES (?)', [row])
    if (sql !== null) await db.script(sql)
  })
}

/** Every file by its path, the repository and the database's side files left out. */
export function bytesOf({ folder }: TestProject): Readonly<Record<string, string>> {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((path) => !/^\.git\/|^app\.db-/.test(path))
  return Object.fromEntries(entries.sort().map((path) => [path, readFileSync(join(folder, path)).toString('latin1')]))
}

/** What the repair keeps to take itself back is no part of the chain. */
export function withoutJournals(files: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(files).filter(([path]) => !path.includes('/.fix-chain/')))
}

/** One line a revision in load order, then the heads. */
export function drawn(project: TestProject): string {
  const files = project.files().filter((path) => /^migrations\/versions\/.*\.[cm]?[jt]s$/.test(path))
  const scripts = files.flatMap((path) => readScriptFile({ path, file: path }, project.read(path)).script ?? [])
  const lines = scripts.map(({ id, downRevisions, dependsOn, branchLabels }) =>
    [
      downRevisions.length === 0 ? id : `${id} <- ${downRevisions.join(', ')}`,
      ...(dependsOn.length === 0 ? [] : [`(${dependsOn.join(', ')})`]),
      ...(branchLabels.length === 0 ? [] : [`[${branchLabels.join(', ')}]`]),
    ].join(' '),
  )
  return [...lines, `heads: ${heads(buildGraph(scripts)).join(', ')}`].map((line) => `${line}\n`).join('')
}
