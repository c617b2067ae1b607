// Small pieces of text that several verbs share.

import type { RevisionJson, RevisionMark } from '../commands/revision-json.ts'
import type { DeviationFinding } from '../runner/deviation-findings.ts'
import type { Style } from './style.ts'

export function plural(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

const shownMarks: readonly RevisionMark[] = ['head', 'effective-head', 'current', 'branchpoint', 'mergepoint']

/** A revision on one line: identifier, labels, marks, message. */
export function revisionLine(revision: RevisionJson, style: Style): string {
  const labels = revision.branchLabels.map((label) => ` ${style.cyan(`(${label})`)}`).join('')
  const marks = shownMarks
    .filter((mark) => revision.marks.includes(mark))
    .map((mark) => ` ${markText(mark, style)}`)
    .join('')
  const message = revision.message === '' ? '' : `, ${revision.message}`
  return `${style.yellow(revision.id)}${labels}${marks}${message}`
}

function markText(mark: RevisionMark, style: Style): string {
  const text = `(${mark === 'effective-head' ? 'effective head' : mark})`
  return mark === 'current' ? style.green(text) : mark === 'head' ? style.bold(text) : text
}

export interface EntryFacts {
  readonly followers: readonly string[]
  readonly branches: readonly string[]
  /** Why nothing can take it back; null where something can. */
  readonly irreversible: string | null
}

/** A finding about a revision that ran, with the lines that changed. */
export function findingText({ message, repair, difference }: DeviationFinding, style: Style): string {
  const lines = (difference ?? []).map((line) => `    ${lineText(line, style)}`)
  return [`${style.yellow('warning:')} ${message}`, ...lines, `  ${repair}`].join('\n')
}

function lineText(line: string, style: Style): string {
  if (line.startsWith('+')) return style.green(line)
  return line.startsWith('-') ? style.red(line) : style.cyan(line)
}

/** A revision with everything its header says, a line a fact. */
export function revisionEntry(revision: RevisionJson, style: Style, facts: EntryFacts | null): string {
  const parents = revision.downRevisions
  const lines = [
    `Rev: ${style.yellow(revision.id)}${shownMarks
      .filter((mark) => revision.marks.includes(mark))
      .map((mark) => ` ${markText(mark, style)}`)
      .join('')}`,
    parents.length > 1 ? `Merges: ${parents.join(', ')}` : `Parent: ${parents[0] ?? '<base>'}`,
    ...(revision.dependsOn.length === 0 ? [] : [`Also depends on: ${revision.dependsOn.join(', ')}`]),
    ...(facts === null || facts.followers.length < 2 ? [] : [`Branches into: ${facts.followers.join(', ')}`]),
    ...branchNames(revision, facts),
    ...(revision.phase === null ? [] : [`Phase: ${revision.phase}`]),
    ...(revision.createdAt === null ? [] : [`Created: ${revision.createdAt}`]),
    `Path: ${revision.path}`,
    ...(facts === null || facts.irreversible === null ? [] : [`${style.red('Irreversible:')} ${facts.irreversible}`]),
    '',
    ...(revision.message === '' ? [] : [`    ${revision.message}`, '']),
  ]
  return lines.join('\n')
}

function branchNames(revision: RevisionJson, facts: EntryFacts | null): readonly string[] {
  const names = [...new Set([...revision.branchLabels, ...(facts?.branches ?? [])])]
  return names.length === 0 ? [] : [`Branch names: ${names.join(', ')}`]
}
