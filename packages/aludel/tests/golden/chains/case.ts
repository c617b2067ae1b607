// A fault written down as one text: what is wrong, the files, their history, the database, and what is to be said of them.

import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { writtenRevision } from './shorthand.ts'

/** Bytes by path, relative to the folder of migrations; null where a commit takes the file away. */
export type Contents = ReadonlyMap<string, Buffer | null>

export interface Section {
  readonly name: string
  readonly body: string
}

export interface Commit {
  readonly branch: string
  readonly contents: Contents
}

export interface Case {
  /** The file's name without its ending. */
  readonly name: string
  /** What is wrong, in a sentence. */
  readonly sentence: string
  /** Everything but what is expected, as it stands in the file. */
  readonly given: string
  readonly command: string
  /** The branch that is checked out. */
  readonly branch: string
  readonly commits: readonly Commit[]
  readonly work: Contents
  readonly sql: string | null
  /** Of the version table; null where there is no such table. */
  readonly rows: readonly string[] | null
  /** What is expected to be found. */
  readonly findings: string
}

const expected = ['findings', 'plan', 'hidden', 'exit', 'left', 'after']

const folder = fileURLToPath(new URL('.', import.meta.url))

export const cases: readonly Case[] = readdirSync(folder)
  .filter((name) => name.endsWith('.txt'))
  .sort()
  .map((name) => readCase(name.replace(/\.txt$/, ''), readFileSync(`${folder}${name}`, 'utf8')))

function readCase(name: string, text: string): Case {
  const [sentence = '', ...pieces] = text.split(/^-- (.+) --\n/m)
  const sections = pieces.flatMap((piece, at): readonly Section[] =>
    at % 2 === 1 ? [{ name: pieces[at - 1] ?? '', body: piece }] : [],
  )
  const given = sections.filter((section) => !expected.includes(section.name))
  const bodyOf = (wanted: string) => given.find((section) => section.name === wanted)?.body ?? null
  const rows = bodyOf('rows')
  return {
    name,
    sentence: sentence.trim(),
    given: sentence + given.map((section) => `-- ${section.name} --\n${section.body}`).join(''),
    command: bodyOf('command')?.trim() ?? (rows === null ? 'fix-chain' : 'doctor'),
    branch: bodyOf('branch')?.trim() ?? 'main',
    commits: commitsIn(given),
    work: contentsOf(given),
    sql: bodyOf('sql'),
    rows: rows?.split('\n').slice(0, -1) ?? null,
    findings: sections.find((section) => section.name === 'findings')?.body ?? '',
  }
}

/** `commit 2/chain` is the second commit of main; `branch theirs/chain` one of another branch, begun at the first. */
function commitsIn(sections: readonly Section[]): readonly Commit[] {
  const made = new Map<string, Section[]>()
  for (const { name, body } of sections) {
    const [, kind, title = '', path = ''] = /^(commit|branch) ([^/]+)\/(.+)$/.exec(name) ?? []
    if (kind === undefined) continue
    const commit = `${kind} ${title}`
    made.set(commit, [...(made.get(commit) ?? []), { name: path, body }])
  }
  return [...made].map(([name, files]) => ({
    branch: name.startsWith('branch ') ? name.slice(7) : 'main',
    contents: contentsOf(files),
  }))
}

function contentsOf(sections: readonly Section[]): Contents {
  return new Map(
    sections.flatMap(({ name, body }): readonly (readonly [string, Buffer | null])[] => {
      if (name === 'chain')
        return body
          .split('\n')
          .filter((line) => line !== '')
          .map(revisionOf)
      const [, path = '', marks = ''] = /^((?!commit |branch )[\w./-]+\.[\w.]+)(?: \((.+)\))?$/.exec(name) ?? []
      return path === '' ? [] : [[path, body === 'REMOVED\n' ? null : bytesOf(body, marks.split(', '))]]
    }),
  )
}

function revisionOf(line: string): readonly [string, Buffer] {
  const { file, text } = writtenRevision(line)
  return [`versions/${file}.ts`, Buffer.from(text)]
}

function bytesOf(body: string, marks: readonly string[]): Buffer {
  const text = marks.includes('CRLF') ? body.replaceAll('\n', '\r\n') : body
  return Buffer.from(marks.includes('BOM') ? `\uFEFF${text}` : text, marks.includes('Latin-1') ? 'latin1' : 'utf8')
}
