// The partitions of a table: added in place where they come behind those that are there, else made anew with all rows.

import { isBlank, tokenize } from '../tokens.ts'

interface Partitioning {
  /** How rows are told apart. */
  readonly by: string
  readonly definitions: readonly string[]
}

/** The clause that makes one text of another; null for none. */
export function partitionClause(before: string | null, after: string | null): string | null {
  if (before === after) return null
  if (after === null) return 'REMOVE PARTITIONING'
  const [was, is] = [before === null ? null : partitioningIn(before), partitioningIn(after)]
  if (was === null || was.by !== is.by || was.definitions.length === 0) return after
  const isKept = was.definitions.every((definition, at) => is.definitions[at] === definition)
  const added = is.definitions.slice(was.definitions.length)
  return isKept && added.length > 0 ? `ADD PARTITION (${added.join(',\n ')})` : after
}

/** A list of partitions stands in parentheses at the end, each beginning with its word. */
function partitioningIn(text: string): Partitioning {
  const tokens = [...tokenize(text)].filter((token) => !isBlank(token))
  const at = tokens.findIndex(
    ({ text: mark }, place) => mark === '(' && /^partition$/i.test(tokens[place + 1]?.text ?? ''),
  )
  const open = tokens[at]
  if (open === undefined) return { by: text, definitions: [] }
  const definitions: string[] = []
  let [depth, start] = [0, open.start + 1]
  for (const token of tokens.slice(at)) {
    depth += token.text === '(' ? 1 : token.text === ')' ? -1 : 0
    if (depth > 1 || (token.text !== ',' && depth > 0)) continue
    definitions.push(text.slice(start, token.start).trim())
    start = token.start + 1
    if (depth === 0) break
  }
  return { by: text.slice(0, open.start).trim(), definitions }
}
