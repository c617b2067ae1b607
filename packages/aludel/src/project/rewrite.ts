// Several files changed as one: all of them or none, with a journal from which everything can be taken back.

import {
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { AludelError } from '../errors.ts'
import { compareText } from '../schema/canonical.ts'
import { writeFile } from './write.ts'

export interface FileChange {
  /** Absolute. */
  readonly file: string
  /** What must be there now; null where no file may be. */
  readonly before: string | null
  /** What is to be there; null where no file shall be. */
  readonly after: string | null
}

interface Journal {
  readonly format: 1
  /** `writing` until every file was written and read again. */
  readonly state: 'writing' | 'written'
  readonly changes: readonly FileChange[]
}

export interface Undone {
  readonly files: readonly string[]
}

/**
 * Makes all changes, reads the result again by `verify`, and takes everything back where anything fails.
 *
 * @param journals the folder that keeps what was there before.
 * @param verify why the result is not what was planned; null where it is.
 * @throws AludelError `changed-meanwhile`, `interrupted-repair`, `repair-not-verified`, `cannot-write`.
 */
export function rewriteFiles(journals: string, changes: readonly FileChange[], verify: () => string | null): void {
  if (interruptedJournal(journals) !== null) throw interrupted(journals)
  for (const change of changes) requireUnchanged(change)
  const journal = nextJournal(journals)
  writeJournal(journal, { format: 1, state: 'writing', changes })
  try {
    for (const change of changes) put(change.file, change.after)
    const reason = verify()
    if (reason !== null) throw notVerified(reason)
    writeJournal(journal, { format: 1, state: 'written', changes })
  } catch (error) {
    for (const { file, before } of changes) put(file, before)
    rmSync(journal, { force: true })
    throw error
  }
}

/**
 * Takes the latest rewrite back, finished or not, and forgets it.
 *
 * @throws AludelError `nothing-to-undo`; `changed-meanwhile` where a file is no longer what was written.
 */
export function undoRewrite(journals: string): Undone {
  const name = journalNames(journals).at(-1)
  if (name === undefined) {
    throw new AludelError('nothing-to-undo', 'No repair of the chain is on record here.', {
      hint: `What \`aludel fix-chain --fix\` writes is recorded in ${journals}.`,
    })
  }
  const journal = join(journals, name)
  const { changes, state } = readJournal(journal)
  for (const { file, before, after } of changes) {
    const now = textOf(file)
    if (now !== after && !(state === 'writing' && now === before) && now !== before) throw changedMeanwhile(file)
  }
  for (const { file, before } of changes) if (textOf(file) !== before) put(file, before)
  rmSync(journal)
  return { files: changes.map(({ file }) => file) }
}

/** The journal of a rewrite that was broken off; null where there is none. */
export function interruptedJournal(journals: string): string | null {
  const found = journalNames(journals).find((name) => readJournal(join(journals, name)).state === 'writing')
  return found === undefined ? null : join(journals, found)
}

function journalNames(journals: string): readonly string[] {
  if (!existsSync(journals)) return []
  return readdirSync(journals)
    .filter((name) => /^\d{4,}\.json$/.test(name))
    .sort(compareText)
}

function nextJournal(journals: string): string {
  const last = Number.parseInt(journalNames(journals).at(-1) ?? '0', 10)
  mkdirSync(journals, { recursive: true })
  // What is kept here belongs to this working copy alone.
  const ignore = join(journals, '.gitignore')
  if (!existsSync(ignore)) writeFile(ignore, '*\n')
  return join(journals, `${String(last + 1).padStart(4, '0')}.json`)
}

function writeJournal(file: string, journal: Journal): void {
  writeFile(file, `${JSON.stringify(journal, null, 2)}\n`)
}

function readJournal(file: string): Journal {
  try {
    const journal = JSON.parse(readFileSync(file, 'utf8')) as Journal
    if (journal.format === 1 && Array.isArray(journal.changes)) return journal
  } catch {
    // Said below in words for a person.
  }
  throw new AludelError('unreadable-journal', `The journal ${file} cannot be read.`, {
    hint: 'Restore the revision files from version control, then remove the journal.',
    details: { file },
  })
}

/** Writes through a temporary file beside it and keeps the file's rights; follows a link to the file it means. */
function put(file: string, text: string | null): void {
  if (text === null) {
    rmSync(file, { force: true })
    return
  }
  if (!existsSync(file)) {
    writeFile(file, text)
    return
  }
  const real = realpathSync(file)
  const temporary = join(dirname(real), `.${process.pid}-${Math.random().toString(36).slice(2)}.tmp`)
  try {
    writeFileSync(temporary, text, { flag: 'wx' })
    chmodSync(temporary, statSync(real).mode)
    renameSync(temporary, real)
  } catch (error) {
    rmSync(temporary, { force: true })
    throw new AludelError('cannot-write', `The file ${file} cannot be written: ${(error as Error).message}.`, {
      hint: 'Check the rights of the file and its folder; every file is as it was.',
      details: { file },
      cause: error,
    })
  }
}

function requireUnchanged({ file, before }: FileChange): void {
  if (textOf(file) !== before) throw changedMeanwhile(file)
}

function textOf(file: string): string | null {
  if (!existsSync(file)) return null
  try {
    return readFileSync(file, 'utf8')
  } catch (error) {
    throw new AludelError('cannot-read', `${file} cannot be read: ${(error as Error).message}.`, {
      hint: 'Move what stands in the way, then run the command again. Nothing was changed.',
      details: { file },
      cause: error,
    })
  }
}

function changedMeanwhile(file: string): AludelError {
  return new AludelError('changed-meanwhile', `${file} is no longer what it was when this was planned.`, {
    hint: 'Look at it, and run the command again.',
    details: { file },
  })
}

function notVerified(reason: string): AludelError {
  return new AludelError('repair-not-verified', `What was written does not read as planned: ${reason}.`, {
    hint: 'Every file was put back. Please report this chain.',
    details: {},
  })
}

function interrupted(journals: string): AludelError {
  return new AludelError('interrupted-repair', 'An earlier repair of the chain was broken off half-way.', {
    hint: 'Take it back with `aludel fix-chain --undo`, then start again.',
    details: { journals },
  })
}
