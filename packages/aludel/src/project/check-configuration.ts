// What a config file may hold, checked by name: TypeScript says it to some, JSON and JavaScript to nobody.

import { statementKinds } from '../dialects/limits.ts'
import { isEngineName } from '../dialects/registry.ts'
import { AludelError } from '../errors.ts'
import { didYouMean } from '../revisions/nearest.ts'
import type { Configuration } from './configuration.ts'

interface Kind {
  readonly name: string
  holds(value: unknown): boolean
}

const isText = (value: unknown) => typeof value === 'string'
const isFunction = (value: unknown) => typeof value === 'function'
const isObject = (value: unknown) => typeof value === 'object' && value !== null && !Array.isArray(value)
const isTexts = (value: unknown) => Array.isArray(value) && value.every(isText)
const isDuration = (value: unknown) => typeof value === 'number' && Number.isFinite(value) && value >= 0

const isLimit = (value: unknown) => value === null || isDuration(value)
const isCount = (value: unknown) => Number.isInteger(value) && Number(value) >= 1

const isOf = (value: unknown, settings: Readonly<Record<string, (held: unknown) => boolean>>) =>
  isObject(value) && Object.entries(value as object).every(([key, held]) => settings[key]?.(held) === true)
const isTimeouts = (value: unknown) => isOf(value, Object.fromEntries(statementKinds.map((kind) => [kind, isLimit])))

const isPattern = (value: unknown) =>
  isObject(value) &&
  Object.entries(value as object).every(
    ([key, held]) =>
      (['namespace', 'table', 'name'].includes(key) && isText(held)) ||
      (key === 'kind' && (isText(held) || isTexts(held))),
  )

const text: Kind = { name: 'a text', holds: isText }
const work: Kind = { name: 'a function', holds: isFunction }
const object: Kind = { name: 'an object', holds: isObject }
const texts: Kind = { name: 'a list of texts', holds: isTexts }
const duration: Kind = { name: 'a number of milliseconds', holds: isDuration }
const filter: Kind = {
  name: 'a list of names and patterns, or a function',
  holds: (value) => isFunction(value) || (Array.isArray(value) && value.every((one) => isText(one) || isPattern(one))),
}
const oneOf = (...words: readonly string[]): Kind => ({
  name: words.map((word) => `"${word}"`).join(' or '),
  holds: (value) => words.some((word) => word === value),
})

const kinds: { readonly [Key in keyof Required<Configuration>]: Kind } = {
  url: { name: 'a text or a function', holds: (value) => isText(value) || isFunction(value) },
  connect: work,
  schema: {
    name: 'a schema, a source of one or a function',
    holds: (value) => isObject(value) || isFunction(value) || isText(value),
  },
  engines: {
    name: 'a list of "sqlite", "postgres", "mysql" and "mariadb", each also with a version, as in "mysql@8.0"',
    holds: (value) => isTexts(value) && (value as readonly string[]).every(isEngineName),
  },
  migrations: { name: 'a folder or a list of folders', holds: (value) => isText(value) || isTexts(value) },
  versionTable: text,
  historyTable: text,
  history: {
    name: 'an object whose `undo` is true or false',
    holds: (value) =>
      isObject(value) &&
      Object.entries(value as object).every(([key, held]) => key === 'undo' && typeof held === 'boolean'),
  },
  versionTableNamespace: text,
  transaction: oneOf('run', 'revision', 'none'),
  lockTimeout: duration,
  lock: oneOf('session', 'lease'),
  statementTimeout: { name: 'a number of milliseconds or null', holds: isLimit },
  statements: {
    name: `{ lockTimeout, attempts, timeouts: { ${statementKinds.join(', ')} } } with numbers, milliseconds or null for no limit; attempts are 1 or more`,
    holds: (value) => isOf(value, { lockTimeout: isLimit, attempts: isCount, timeouts: isTimeouts }),
  },
  dev: { name: 'a text or null', holds: (value) => value === null || isText(value) },
  include: filter,
  exclude: filter,
  naming: object,
  fileName: text,
  afterWrite: texts,
  ignoreFindings: texts,
  environments: object,
  databases: object,
}

/** Gives the configuration back, or refuses the first of its settings that cannot be meant. */
export function checkedConfiguration(value: unknown, file: string): Configuration {
  if (!isObject(value))
    throw refusal(file, 'gives no object', 'Write `export default defineConfig({ url: ..., schema: ... })`.')
  const configuration = value as Configuration
  checkSettings(configuration, file, '')
  for (const [name, set] of Object.entries(configuration.environments ?? {}))
    checkNested(set, file, `environments.${name}.`)
  for (const [name, set] of Object.entries(configuration.databases ?? {})) checkNested(set, file, `databases.${name}.`)
  return configuration
}

function checkNested(set: unknown, file: string, path: string): void {
  if (!isObject(set)) throw refusal(file, `gives for \`${path.slice(0, -1)}\` no object`, null)
  checkSettings(set as Configuration, file, path)
}

function checkSettings(settings: Configuration, file: string, path: string): void {
  for (const [key, value] of Object.entries(settings)) {
    // `$schema` and its like are for editors.
    if (value === undefined || key.startsWith('$')) continue
    const kind = (kinds as Readonly<Record<string, Kind>>)[key]
    if (kind === undefined)
      throw refusal(file, `has a setting \`${path}${key}\`, which does not exist`, didYouMean(key, Object.keys(kinds)))
    if (!kind.holds(value)) throw refusal(file, `gives for \`${path}${key}\` something that is not ${kind.name}`, null)
  }
}

function refusal(file: string, what: string, hint: string | null): AludelError {
  return new AludelError('invalid-config', `The config file ${file} ${what}.`, { hint, details: { file } })
}
