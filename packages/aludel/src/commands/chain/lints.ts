// What the files of a chain should not be, although they work: identifiers, encodings, bodies.

import { isAludelError } from '../../errors.ts'
import type { ScriptFile } from '../../project/scripts.ts'
import { saysNothing } from '../../revisions/poor-message.ts'
import { versionWidth } from '../../revisions/problems.ts'
import { type Fault, leftToPeople } from '../../revisions/repair/fault.ts'
import { looksTyped } from '../../revisions/typed-id.ts'
import type { Direction } from '../../runner/body.ts'
import type { Bodies } from './bodies.ts'

export function fileLints(files: readonly ScriptFile[], bodies: Bodies): readonly Fault[] {
  return files.flatMap((file): readonly Fault[] => [
    ...identifierLints(file),
    ...messageLints(file),
    ...encodingLints(file),
    ...(file.script === null ? [] : bodyLints(file, bodies)),
  ])
}

function lint({ path, script }: ScriptFile, code: string, message: string, repair: string): Fault {
  const revisions = script === null ? [] : [script.id]
  return leftToPeople({ code, severity: 'warning', files: [path], revisions, message, repair })
}

function identifierLints(file: ScriptFile): readonly Fault[] {
  const id = file.script?.id
  if (id === undefined) return []
  const rename = 'Where no database has it yet, give the file another one, as `aludel revision` makes them.'
  return [
    ...(looksTyped(id)
      ? [
          lint(
            file,
            'typed-id',
            `The identifier "${id}" looks typed by hand: others type the same, and then one of two files never runs.`,
            rename,
          ),
        ]
      : []),
    ...(id.length > versionWidth
      ? [
          lint(
            file,
            'long-id',
            `The identifier of ${file.path} has ${id.length} characters, and a version table that Alembic made holds ${versionWidth}.`,
            `${rename} Else Aludel widens the version table when its turn comes, and Alembic does not.`,
          ),
        ]
      : []),
  ]
}

function messageLints(file: ScriptFile): readonly Fault[] {
  const message = file.script?.message ?? ''
  if (!saysNothing(message)) return []
  const sentence = `The message of ${file.path}, "${message}", does not say what the revision does.`
  const repair = 'Say it in the first comment of the file, as in "Add status to user": the history is read by it.'
  return [lint(file, 'poor-message', sentence, repair)]
}

function encodingLints(file: ScriptFile): readonly Fault[] {
  return file.encoding === 'utf-8' || file.text === ''
    ? []
    : [
        lint(
          file,
          'not-utf-8',
          `${file.path} is not written in UTF-8.`,
          'Save it as UTF-8: as it is, no header in it can be mended.',
        ),
      ]
}

/** A body that cannot be recorded stops the run in which its turn comes. */
function bodyLints(file: ScriptFile, bodies: Bodies): readonly Fault[] {
  const found = (['upgrade', 'downgrade'] as const).flatMap((direction) => bodyLint(file, direction, bodies) ?? [])
  // What is wrong with the whole file is wrong with both.
  return found.filter(({ message }, place) => found.findIndex((other) => other.message === message) === place)
}

function bodyLint(file: ScriptFile, direction: Direction, bodies: Bodies): Fault | null {
  const body = bodies.record(file.path, direction)
  if (!(body instanceof Error)) return body.missing ? missingLint(file, direction) : null
  const isMissing = isAludelError(body) && body.code === 'no-body'
  const hint = isAludelError(body) ? (body.hint ?? '') : ''
  const line = /:(\d+):\d+\]/.exec(hint)?.[1]
  const repair = line === undefined ? hint : `Mend line ${line}.`
  const message = body.message.replace(/\s*\n[\s\S]*$/, '').replace(/(?<![.:?!])$/, '.')
  return lint(
    file,
    isMissing ? `no-${direction}` : 'broken-body',
    message,
    repair === '' || repair.includes('\n') ? 'Mend the file.' : repair,
  )
}

/** It is the inverse where there is one; whoever reads the file does not see it, and nobody has thought of the rows. */
function missingLint(file: ScriptFile, direction: Direction): Fault {
  return lint(
    file,
    `no-${direction}`,
    `${file.path} exports no function \`${direction}\`.`,
    "Write one, or `export { inverse as downgrade } from 'aludel'`.",
  )
}
