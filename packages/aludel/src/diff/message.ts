// What operations do, in the few words that a revision is called by where nobody gave it a name.

import type { Op } from '../ops/operations.ts'
import { definitionOf } from '../ops/registry.ts'
import type { TableName } from '../schema/model.ts'

const longest = 50

/** At most 50 characters, the same for the same operations: `Add status to user`, `Create server and membership`. */
export function proposedMessage(ops: readonly Op[]): string {
  const phrases = phrasesOf(ops)
  const text = shortest(phrases)
  return text.replace(/^\p{Ll}/u, (letter) => letter.toUpperCase())
}

/** Something that is done to several things alike: `add` `a`, `b` `to user`. */
interface Phrase {
  readonly verb: string
  readonly names: readonly string[]
  readonly rest: string
  /** False for what only follows from something else that is done. */
  readonly isMain: boolean
}

function phrasesOf(ops: readonly Op[]): readonly Phrase[] {
  const found = new Map<string, Phrase>()
  for (const op of ops) {
    const phrase = phraseOf(op)
    const key = `${phrase.verb}\0${phrase.rest}`
    const known = found.get(key)
    if (known?.names.includes(phrase.names[0] ?? '')) continue
    found.set(key, known === undefined ? phrase : { ...known, names: [...known.names, ...phrase.names] })
  }
  const all = [...found.values()]
  const main = all.filter(({ isMain }) => isMain)
  return main.length === 0 ? all : main
}

function phrase(verb: string, name: string, rest = ''): Phrase {
  return { verb, names: [name], rest, isMain: true }
}

function aside(verb: string, name: string, rest = ''): Phrase {
  return { ...phrase(verb, name, rest), isMain: false }
}

function phraseOf(op: Op): Phrase {
  switch (op.kind) {
    case 'createTable':
    case 'dropTable':
      return phrase(op.kind === 'createTable' ? 'create' : 'drop', op.table.name)
    case 'renameTable':
      return phrase('rename', op.table.name, ` to ${op.name}`)
    case 'addColumn':
      return phrase('add', op.column.name, ` to ${op.table.name}`)
    case 'dropColumn':
      return phrase('drop', op.column, ` from ${op.table.name}`)
    case 'renameColumn':
      return phrase('rename', op.column, ` of ${op.table.name} to ${op.name}`)
    case 'alterColumn':
      return phrase('change', op.column, ` of ${op.table.name}`)
    case 'setEnumValues':
    case 'addEnumValue':
      return phrase('change values of', op.enumeration.name)
    case 'renameEnumValue':
      return phrase('rename', op.value, ` of ${op.enumeration.name} to ${op.name}`)
    default:
      return partPhrase(op)
  }
}

function partPhrase(op: Op): Phrase {
  switch (op.kind) {
    case 'createIndex':
      return aside('add', op.index.name)
    case 'dropIndex':
      return aside('drop', op.name)
    case 'renameIndex':
      return aside('rename', op.index, ` to ${op.name}`)
    case 'renameConstraint':
      return aside('rename', op.constraint, ` to ${op.name}`)
    case 'createUniqueConstraint':
      return aside('make', op.unique.columns.join(' '), ` of ${op.table.name} unique`)
    case 'createForeignKey':
      return aside('link', op.table.name, ` to ${op.foreignKey.referent.name}`)
    case 'createCheckConstraint':
      return aside('add check', op.check.name ?? '', ` to ${op.table.name}`)
    case 'dropConstraint':
      return aside('drop', 'name' in op.constraint ? op.constraint.name : 'constraint', ` of ${op.table.name}`)
    case 'createEnum':
    case 'dropEnum':
      return aside(op.kind === 'createEnum' ? 'create' : 'drop', op.enumeration.name)
    case 'createNamespace':
    case 'dropNamespace':
      return aside(op.kind === 'createNamespace' ? 'create' : 'drop', op.name)
    default:
      return tableOf(op) === null ? aside(definitionOf(op).describe(op), '') : aside('change', tableOf(op)?.name ?? '')
  }
}

function tableOf(op: Op): TableName | null {
  return 'table' in op && typeof op.table === 'object' && 'name' in op.table ? op.table : null
}

/** Everything where that is short enough, else less and less of it. */
function shortest(phrases: readonly Phrase[]): string {
  const [first] = phrases
  if (first === undefined) return 'change nothing'
  const whole = listed(phrases.map((one) => spelled(one, one.names.length)))
  if (whole.length <= longest) return whole
  const more = phrases.length === 1 ? '' : ' and more'
  for (let shown = first.names.length; shown > 0; shown -= 1) {
    const text = `${spelled(first, shown)}${more}`
    if (text.length <= longest) return text
  }
  return `${spelled(first, 1).slice(0, longest - more.length)}${more}`
}

function spelled({ verb, names, rest }: Phrase, shown: number): string {
  const left = names.length - shown
  const list = left === 0 ? listed(names) : `${names.slice(0, shown).join(', ')} and ${left} more`
  return `${verb} ${list}${rest}`.trim()
}

function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`
}
