// Views, routines, triggers, events and sequences, each out of the statement that makes it.

import type { TableName } from '../../../schema/model.ts'
import type { DefinedObject, Sequence, StoredFunction, Trigger, View } from '../../../schema/object-model.ts'
import { type EngineSql, rawSql } from '../../../schema/sql.ts'
import { plainNumbers } from '../sequence-numbers.ts'
import { isBlank, type Token, tokenize } from '../tokens.ts'

const mysqlText = (text: string): EngineSql => ({ all: rawSql(text.trim()) })

const placed = (name: string): TableName => ({ namespace: null, name })

const name = '`(?:[^`]|``)*`'

/** What makes a program's text another one though it does the same: who made it, where it is the user who asks. */
export interface Asker {
  /** As CURRENT_USER() tells it. */
  readonly user: string
}

/** A CREATE statement without its DEFINER, where that is who asks. */
export function withoutDefiner(text: string, { user }: Asker): string {
  const [head = '', definer = ''] = new RegExp(`^CREATE DEFINER=(${name}@${name}) `).exec(text) ?? []
  return definer === definerOf(user) ? `CREATE ${text.slice(head.length)}` : text
}

export function definerOf(user: string): string {
  const at = user.lastIndexOf('@')
  return [user.slice(0, at), user.slice(at + 1)].map((part) => `\`${part.replaceAll('`', '``')}\``).join('@')
}

const viewHead = new RegExp(
  `^CREATE (?:ALGORITHM=(\\w+) )?DEFINER=(${name}@${name}) SQL SECURITY (\\w+) VIEW ${name}(?: \\([^)]*\\))? AS `,
)
const checkOption = / WITH (CASCADED|LOCAL) CHECK OPTION$/

/** What a view is made with where nothing is said is left out. */
export function viewOf(title: string, text: string, asker: Asker): View {
  const [head = '', algorithm = 'UNDEFINED', definer = '', security = 'DEFINER'] = viewHead.exec(text) ?? []
  const [ending = '', checked = null] = checkOption.exec(text) ?? []
  return {
    kind: 'view',
    ...placed(title),
    query: mysqlText(text.slice(head.length, text.length - ending.length)),
    columns: null,
    comment: null,
    options: {
      ...(algorithm === 'UNDEFINED' ? {} : { algorithm: algorithm.toLowerCase() }),
      ...(checked === null ? {} : { check_option: checked.toLowerCase() }),
      ...(definer === definerOf(asker.user) ? {} : { definer }),
      ...(security === 'DEFINER' ? {} : { security: security.toLowerCase() }),
    },
    dependsOn: [],
  }
}

export function routineOf(title: string, text: string, kind: 'function' | 'procedure', asker: Asker): StoredFunction {
  const own = withoutDefiner(text, asker)
  const routine = /^CREATE (?:DEFINER=\S+ )?AGGREGATE /.test(own) ? 'aggregate' : kind
  return { kind: 'function', ...placed(title), routine, arguments: null, text: mysqlText(own), dependsOn: [] }
}

/** When a trigger runs: those of one table that run at the same time run in an order. */
export interface Timed {
  readonly trigger: Trigger
  readonly time: string
}

/** The text of a trigger is kept as it was written, but for its place among others. */
export function triggerOf(title: string, text: string, asker: Asker): Timed | null {
  const own = withoutDefiner(text, asker)
  const tokens = [...tokenize(own)].filter((token) => !isBlank(token))
  const at = tokens.findIndex(({ text: word }) => /^(?:before|after)$/i.test(word))
  const [when, event, , ...rest] = tokens.slice(at)
  const table = rest[1]?.text === '.' ? rest[2] : rest[0]
  if (at < 0 || when === undefined || event === undefined || table === undefined) return null
  const trigger: Trigger = { kind: 'trigger', ...placed(title), table: placed(bareName(table)), text: mysqlText(own) }
  return { trigger, time: `${trigger.table.name} ${when.text} ${event.text}`.toLowerCase() }
}

/** The trigger with the word that puts it behind another. */
export function following(trigger: Trigger, first: Trigger): Trigger {
  const text = 'all' in trigger.text ? trigger.text.all.parts.join('') : ''
  const tokens = [...tokenize(text)].filter((token) => !isBlank(token))
  const row = tokens.find((token, at) => isWord(token, 'row') && isWord(tokens[at - 1], 'each'))
  if (row === undefined) return trigger
  const end = row.start + row.text.length
  const word = ` FOLLOWS \`${first.name.replaceAll('`', '``')}\``
  return { ...trigger, text: mysqlText(`${text.slice(0, end)}${word}${text.slice(end)}`) }
}

function isWord(token: Token | undefined, word: string): boolean {
  return token?.kind === 'word' && token.text.toLowerCase() === word
}

function bareName({ kind, text }: Token): string {
  return kind === 'name' ? text.slice(1, -1).replaceAll('``', '`') : text
}

const starts = / STARTS '[^']*'/

/** An event that starts with its making says nothing of when it starts. */
export function eventOf(title: string, text: string, startsAtOnce: boolean, asker: Asker): DefinedObject {
  const own = withoutDefiner(text, asker)
  const told = startsAtOnce ? own.replace(starts, '') : own
  return { kind: 'defined', type: 'event', ...placed(title), table: null, text: mysqlText(told) }
}

export function sequenceOf(title: string, text: string): Sequence {
  const number = (word: string): bigint => BigInt(new RegExp(` ${word} (-?\\d+)`).exec(text)?.[1] ?? '0')
  return {
    kind: 'sequence',
    ...placed(title),
    type: null,
    ...plainNumbers({
      start: number('start with'),
      increment: number('increment by'),
      minValue: number('minvalue'),
      maxValue: number('maxvalue'),
      cache: number('cache'),
    }),
    cycle: / cycle\b/.test(text),
    ownedBy: null,
  }
}
