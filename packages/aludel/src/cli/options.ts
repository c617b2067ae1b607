// The options that several verbs share, and what every verb and option is as data.

import type { Verb } from './context.ts'

export interface OptionEntry {
  /** As help shows it: `-m, --message <text>`; `<text...>` takes every word up to the next option. */
  readonly flags: string
  readonly description: string
  /** Given several times, its values are a list. */
  readonly several?: boolean
}

export interface VerbEntry {
  readonly name: string
  readonly operands: string
  /** The operands where Flask-Migrate's defaults hold. */
  readonly flaskOperands?: string
  readonly description: string
  readonly options: readonly OptionEntry[]
  /** True where nearly every call has much to do. */
  readonly takesLong?: true
  load(): Promise<Verb>
}

export const sql: OptionEntry = {
  flags: '--sql',
  description: 'print the SQL instead of running it; a:b says from where to where',
}
export const dialect: OptionEntry = {
  flags: '--dialect <engine>',
  description: 'with --sql: write for this engine, as in postgres@15, mariadb or mysql@8.0',
}
export const skipCode: OptionEntry = {
  flags: '--skip-code',
  description: 'with --sql: a comment in the place of code that a revision runs',
}
export const acceptEdited: OptionEntry = {
  flags: '--accept-edited',
  description: 'take revisions that were changed after they ran as they are now',
}
export const yes: OptionEntry = { flags: '--yes', description: 'do not ask before something is lost' }
export const message: OptionEntry = { flags: '-m, --message <text>', description: 'what the revision does' }
export const placing: readonly OptionEntry[] = [
  { flags: '--rev-id <id>', description: 'the identifier, instead of a random one' },
  { flags: '--branch-label <label>', description: 'a name for the branch that begins here', several: true },
  { flags: '--version-path <folder>', description: 'the versions folder, where there are several' },
  { flags: '--splice', description: 'allow following a revision that is followed already' },
  { flags: '--created-at <time>', description: 'the time in the header, instead of now' },
]
export const following: readonly OptionEntry[] = [
  { flags: '--head <revision>', description: 'the revision to follow; base begins a chain of its own' },
  { flags: '--depends-on <revision>', description: 'a revision that must be applied first', several: true },
]

export const dev: OptionEntry = { flags: '--dev <address>', description: 'a scratch database to load SQL into' }
export const dropUnknown: OptionEntry = {
  flags: '--drop-unknown',
  description: 'drop also what neither the models nor a revision know',
}
export const answering: readonly OptionEntry[] = [
  {
    flags: '--rename <from=to>',
    description: 'what has another name: user.name=user.full_name, or old=new for a table',
    several: true,
  },
  { flags: '--no-renames', description: 'whatever has a new name is new' },
  { flags: '--answers <file>', description: 'a JSON file with renames, and with answers to questions' },
  yes,
  dropUnknown,
  { flags: '--split', description: 'one revision for each table, or for tables that need each other' },
]
export const chainFormat: OptionEntry = {
  flags: '--format <name>',
  description: 'text, json, or github for annotations',
}
export const shared: OptionEntry = {
  flags: '--shared <ref>',
  description: 'a branch or tag whose revisions others have; default: the main branch and every tag',
  several: true,
}

export const commonOptions: readonly OptionEntry[] = [
  { flags: '-c, --config <file>', description: 'the config file' },
  { flags: '-d, --directory <folder>', description: 'the folder that holds versions/' },
  { flags: '-u, --url <address>', description: 'the database' },
  { flags: '--env <name>', description: 'an environment of the config file' },
  { flags: '--database <name>', description: 'a database of the config file' },
  { flags: '--lock-timeout <milliseconds>', description: 'how long to wait for another run' },
  { flags: '--no-wait', description: 'do not wait for another run' },
  { flags: '-x <key=value>', description: 'an argument for the revisions: op.arguments', several: true },
  { flags: '--json', description: 'print one JSON document' },
  { flags: '--events', description: 'print events as JSON lines on stderr' },
  { flags: '-q, --quiet', description: 'print nothing but errors' },
  { flags: '-v, --verbose', description: 'print more' },
]
