// Indexes and constraints of one table: the same under another name, which follows a renamed table or column, or is asked.

import type { Op } from '../../ops/operations.ts'
import { constraintsOf, type FoundConstraint } from '../../ops/parts.ts'
import { canonicalJson } from '../../schema/canonical.ts'
import type { Index, Table, TableName } from '../../schema/model.ts'
import type { Answers } from '../questions.ts'
import { namedIn } from './columns.ts'
import { nameLikeness } from './likeness.ts'
import { type Named, type Rename, renamesOf } from './pairing.ts'

/** A word of names that stands for another since a table or column was renamed. */
export interface RenamedWord {
  readonly from: string
  readonly to: string
}

export interface PartsRequest {
  /** The table as it is once it and its columns have their new names. */
  readonly before: Table
  readonly after: Table
  /** The table under its old name. */
  readonly old: TableName
  readonly words: readonly RenamedWord[]
  readonly answers: Answers
  /** True where the namespace has something of this name already. */
  isTaken(name: string): boolean
  can(op: Op): boolean
}

export interface PartRenames {
  /** What needs no question: the names differ by what was renamed. */
  readonly followers: readonly Follower[]
  readonly renames: readonly Rename[]
}

export interface Follower {
  readonly op: Op
  /** The texts that would have said it. */
  readonly texts: readonly string[]
}

interface Part {
  readonly name: string
  /** What it is, without its name. */
  readonly definition: string
  /** The same without expressions, whose texts only an engine can compare. */
  readonly shape: string
  renamed(name: string): Op
}

/** The definition is the same, so nothing but the name can speak against it. */
const threshold = 0.7

export function partRenames(request: PartsRequest): PartRenames {
  const [indexes, constraints] = [
    among('index', request, indexParts(request.before), indexParts(request.after)),
    among('constraint', request, constraintParts(request.before), constraintParts(request.after)),
  ]
  return {
    followers: [...indexes.followers, ...constraints.followers],
    renames: [...indexes.renames, ...constraints.renames],
  }
}

function among(
  object: 'index' | 'constraint',
  { before, old, words, answers, isTaken, can }: PartsRequest,
  was: readonly Part[],
  is: readonly Part[],
): PartRenames {
  const [names, wanted] = [new Set(was.map(({ name }) => name)), new Set(is.map(({ name }) => name))]
  const gone = was.filter(({ name }) => !wanted.has(name))
  const come = is.filter(({ name }) => !names.has(name) && !isTaken(name))
  const doubles = gone.flatMap((part) => {
    const double = come.find(({ name, shape }) => shape === part.shape && isFollower(part.name, name, words))
    return double === undefined || !can(part.renamed(double.name)) ? [] : [{ part, double }]
  })
  const [left, free] = [
    gone.filter((part) => !doubles.some((one) => one.part === part)),
    come.filter((part) => !doubles.some(({ double }) => double === part)),
  ]
  return {
    followers: doubles.map(({ part, double }) => ({
      op: part.renamed(double.name),
      texts: spelledOut(namedIn(old, before, part.name), namedIn(before, old, double.name)),
    })),
    renames: renamesOf({
      object,
      gone: left.map(({ name }) => namedIn(old, before, name)),
      come: free.map(({ name }) => namedIn(before, old, name)),
      answers,
      needs: null,
      threshold,
      likeness: (from, to) => {
        const [part, other] = [left[from] as Part, free[to] as Part]
        if (part.definition !== other.definition) return null
        return { score: 0.8 + 0.2 * nameLikeness(part.name, other.name), why: ['all but the name is the same'] }
      },
      op: (from, to) => {
        const op = (left[from] as Part).renamed((free[to] as Part).name)
        return can(op) ? op : null
      },
    }),
  }
}

function spelledOut(from: Named, to: Named): readonly string[] {
  const names = ({ title, others }: Named) => [title, ...others]
  return names(from).flatMap((one) => names(to).map((other) => `${one}=${other}`))
}

/** True where the old name becomes the new one by the words that were renamed. */
function isFollower(from: string, to: string, words: readonly RenamedWord[]): boolean {
  if (words.length === 0) return false
  const text = words.reduce((name, word) => withWord(name, word), from)
  if (text === to) return true
  // Names that were cut end in a digest of the whole, which nothing can be made of but the whole.
  const cut = /_[0-9a-f]{8}$/
  if (!cut.test(from) && !cut.test(to)) return false
  const [one, other] = [text.replace(cut, ''), to.replace(cut, '')]
  const length = Math.min(one.length, other.length)
  return length >= 40 && one.slice(0, length) === other.slice(0, length)
}

function withWord(name: string, { from, to }: RenamedWord): string {
  const plain = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
  return name.replace(new RegExp(`(?<=^|[^\\p{L}\\p{N}])${plain}(?=$|[^\\p{L}\\p{N}])`, 'gu'), () => to)
}

function indexParts(table: Table): readonly Part[] {
  const { namespace, name } = table
  return table.indexes.map((index) => ({
    name: index.name,
    definition: canonicalJson({ ...index, name: '' }),
    shape: canonicalJson(withoutExpressions(index)),
    renamed: (to) => ({ kind: 'renameIndex', table: { namespace, name }, index: index.name, name: to }),
  }))
}

function withoutExpressions(index: Index) {
  return {
    ...index,
    name: '',
    where: index.where !== null,
    parts: index.parts.map((part) => ({ ...part, of: 'column' in part.of ? part.of : null })),
  }
}

function constraintParts(table: Table): readonly Part[] {
  const { namespace, name } = table
  return constraintsOf(table).flatMap((found): readonly Part[] => {
    const own = found.value.name
    if (own === null) return []
    return [
      {
        name: own,
        definition: canonicalJson({ ...found, value: { ...found.value, name: '' } }),
        shape: canonicalJson(shapeOf(found)),
        renamed: (to) => ({
          kind: 'renameConstraint',
          table: { namespace, name },
          constraint: own,
          name: to,
          type: found.type,
        }),
      },
    ]
  })
}

function shapeOf(found: FoundConstraint) {
  if (found.type === 'check') return { type: found.type }
  if (found.type !== 'exclude') return { ...found, value: { ...found.value, name: '' } }
  const { elements, ...rest } = found.value
  return { type: found.type, value: { ...rest, name: '', where: rest.where !== null, elements: elements.length } }
}
