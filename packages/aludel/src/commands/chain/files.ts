// Revision files as they were read, in the words in which a chain is repaired.

import { type HeaderFields, leadingComment, listOf } from '../../project/header.ts'
import type { ScriptFile } from '../../project/scripts.ts'
import type { ChainFile, HeaderField } from '../../revisions/repair/chain.ts'

const fields: readonly HeaderField[] = ['revision', 'downRevision', 'dependsOn', 'branchLabels']

export function chainFile(read: ScriptFile): ChainFile {
  const header = read.fields
  return {
    path: read.path,
    id: typeof header.revision === 'string' ? header.revision : null,
    downRevisions: parentsIn(header),
    dependsOn: listOf(header.dependsOn),
    branchLabels: listOf(header.branchLabels),
    createdAt: typeof header.createdAt === 'string' ? header.createdAt : null,
    message: read.script?.message ?? '',
    unquoted: fields.filter((field) => read.numbers.includes(field)),
    revisesHint: revisesHint(read.text),
    body: 'written',
    trouble: troubleOf(read),
    mendable: read.encoding === 'utf-8',
  }
}

function troubleOf({ problem, text, path }: ScriptFile): ChainFile['trouble'] {
  if (problem === null) return null
  const { code, message } = problem
  if (code !== 'unreadable-revision' || !/^<{7} [\s\S]*^>{7} /m.test(text)) return { code, message }
  return { code, message: `${path} has a conflict of git in it.` }
}

/** Null where the header does not say it, or not as a literal. */
export function parentsIn({ downRevision }: HeaderFields): readonly string[] | null {
  return downRevision === undefined ? null : listOf(downRevision)
}

/** What the comment at the top says that the file revises. */
function revisesHint(text: string): readonly string[] {
  const place = leadingComment(text)
  const comment = place === null ? '' : text.slice(place.start, place.end)
  const line = /^[ \t*/]*Revises:[ \t]*([^\r\n]*?)[ \t]*(?:\*\/)?[ \t]*$/m.exec(comment)?.[1] ?? ''
  const names = line.split(/[\s,]+/).filter((name) => /^[\w.]+$/.test(name))
  return names.every((name) => name === 'None' || name === 'null') ? [] : names
}
