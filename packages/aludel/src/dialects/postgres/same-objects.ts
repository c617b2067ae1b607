// Whether the texts of two objects mean the same: the server prints both, made under another name in a transaction that is
// rolled back. What exists is never touched.

import type { Connection } from '../../database/types.ts'
import type { SchemaObject } from '../../schema/object-model.ts'
import type { ObjectPair } from '../dialect.ts'
import { explain } from './explain.ts'
import { type ObjectProbe, probeOf, textOf, withTextOf } from './object-probes.ts'
import { roughly } from './rough.ts'
import { sameBounds, sameRoles } from './same-bounds.ts'

interface Compared {
  readonly pair: ObjectPair
  readonly actual: Set<string>
  readonly wanted: Set<string>
}

export async function sameObjects(db: Connection, pairs: readonly ObjectPair[]): Promise<readonly boolean[]> {
  const texts = await sameTexts(db, pairs)
  const answers: boolean[] = []
  for (const [at, { actual, wanted }] of pairs.entries()) {
    const isSame = texts[at] === true
    if (actual.kind === 'partition' && wanted.kind === 'partition') answers.push(await sameBounds(db, actual, wanted))
    else if (actual.kind === 'policy' && wanted.kind === 'policy')
      answers.push(isSame && (await sameRoles(db, actual, wanted)))
    else answers.push(isSame)
  }
  return answers
}

async function sameTexts(db: Connection, pairs: readonly ObjectPair[]): Promise<readonly boolean[]> {
  const compared = pairs.map((pair): Compared => {
    return { pair, actual: new Set([textOf(pair.actual)]), wanted: new Set([textOf(pair.wanted)]) }
  })
  // What is there was printed already; what is printed twice may change once more.
  for (let pass = 1; pass <= passes; pass += 1) {
    const open = compared.filter(isUndecided)
    if (open.length === 0) break
    const sides = pass === 1 ? (['wanted'] as const) : (['actual', 'wanted'] as const)
    const texts = open.flatMap((one) => sides.map((side) => withTextOf(one.pair[side], lastOf(one[side]))))
    const printed = await printedBy(db, texts)
    if (printed === null) return compared.map((one) => !isUndecided(one) || isRoughlySame(one.pair))
    open.forEach((one, at) => {
      sides.forEach((side, place) => {
        const text = printed[at * sides.length + place]
        if (typeof text === 'string') one[side].add(text)
      })
    })
  }
  return compared.map((one) => !isUndecided(one) || (probeOf(one.pair.wanted, '') === null && isRoughlySame(one.pair)))
}

const passes = 3

/** Every text of a set means the same, so one that both have decides. */
function isUndecided({ actual, wanted }: Compared): boolean {
  return ![...actual].some((text) => wanted.has(text))
}

function lastOf(texts: ReadonlySet<string>): string {
  return [...texts].at(-1) ?? ''
}

function isRoughlySame({ actual, wanted }: ObjectPair): boolean {
  const plain = (object: SchemaObject) => roughly(textOf(object)).replace(/ ?([(),=]) ?/g, '$1')
  return plain(actual) === plain(wanted)
}

/** The texts as the server prints them; null for what it does not make, and for all where it lets nothing be made. */
async function printedBy(db: Connection, objects: readonly SchemaObject[]): Promise<readonly (string | null)[] | null> {
  const printed: (string | null)[] = []
  const enough = new Error('Nothing that was made for a comparison is kept.')
  try {
    await db.transaction(async () => {
      await db.statements(["SET LOCAL lock_timeout = '500ms'", 'SET LOCAL check_function_bodies = off'])
      for (const [at, object] of objects.entries()) {
        const probe = probeOf(object, `aludel_${at}`)
        printed.push(probe === null ? null : await print(db, probe))
      }
      throw enough
    })
  } catch (error) {
    if (error === enough) return printed
    const { kind } = explain(error)
    if (kind === 'permission' || kind === 'read-only') return null
    throw error
  }
  return printed
}

async function print(db: Connection, { statements, question, text }: ObjectProbe): Promise<string | null> {
  const done = new Error('Each is made by itself.')
  let printed: string | null = null
  try {
    await db.transaction(async () => {
      await db.statements(statements)
      const { rows } = await db.query<{ text: string | null }>(question)
      printed = text(rows[0]?.text ?? '')
      throw done
    })
  } catch (error) {
    if (error === done) return printed
    const { kind } = explain(error)
    if (kind === 'permission' || kind === 'read-only' || kind === 'unreachable') throw error
    // What does not compile with what is there cannot be what is there.
    return null
  }
  return printed
}
