// Every verb with its operands and options, as data. The work behind each is loaded when it is called, but for the verbs
// that only read the graph: they are what is asked most, and loading them apart would cost more than it saves.

import {
  answering,
  chainFormat,
  dev,
  dropUnknown,
  following,
  message,
  placing,
  shared,
  type VerbEntry,
} from './options.ts'
import { runVerbs } from './run-verbs.ts'
import { testVerb } from './test-verb.ts'
import { branches, heads, history, show } from './verbs/history.ts'

export const verbs: readonly VerbEntry[] = [
  {
    name: 'init',
    operands: '[directory]',
    description: 'write the config file and an empty chain of revisions',
    options: [{ flags: '-t, --template <name>', description: 'which template; see list-templates' }],
    load: () => import('./verbs/init.ts').then((module) => module.init),
  },
  {
    name: 'list-templates',
    operands: '',
    description: 'list what init can write',
    options: [],
    load: () => import('./verbs/init.ts').then((module) => module.listTemplates),
  },
  {
    name: 'revision',
    operands: '',
    description: 'write a new, empty revision',
    options: [
      message,
      { flags: '--autogenerate', description: 'fill it with what the models say, as migrate does' },
      ...answering,
      ...following,
      ...placing,
    ],
    load: () => import('./verbs/revision.ts').then((module) => module.revision),
  },
  {
    name: 'migrate',
    operands: '',
    description: 'write a revision with what the models say and the database does not',
    options: [message, ...answering, ...following, ...placing],
    load: () => import('./verbs/revision.ts').then((module) => module.migrate),
  },
  {
    name: 'merge',
    operands: '<revisions...>',
    description: 'write a revision that follows several heads',
    options: [message, ...placing],
    load: () => import('./verbs/revision.ts').then((module) => module.merge),
  },
  ...runVerbs,
  {
    name: 'history',
    operands: '',
    description: 'show the revisions, newest first',
    options: [
      { flags: '-r, --rev-range <range>', description: 'a:b, a: or :b' },
      { flags: '-i, --indicate-current', description: 'ask the database what is applied' },
      { flags: '--format <format>', description: 'text, mermaid, dot or json' },
    ],
    load: async () => history,
  },
  {
    name: 'heads',
    operands: '',
    description: 'show the revisions that nothing follows',
    options: [
      { flags: '--resolve-dependencies', description: 'leave out heads that another revision depends on' },
      { flags: '-i, --indicate-current', description: 'ask the database what is applied' },
      { flags: '--format <format>', description: 'text, mermaid, dot or json' },
    ],
    load: async () => heads,
  },
  {
    name: 'branches',
    operands: '',
    description: 'show where the chain branches',
    options: [],
    load: async () => branches,
  },
  {
    name: 'show',
    operands: '<target>',
    flaskOperands: '[target]',
    description: 'show a revision with everything its header says',
    options: [],
    load: async () => show,
  },
  {
    name: 'check',
    operands: '',
    description: 'compare models and database; exit with 3 where they differ',
    options: [chainFormat, dropUnknown],
    load: () => import('./verbs/check.ts').then((module) => module.check),
  },
  {
    name: 'diff',
    operands: '',
    description: 'show what leads from one source of a schema to another',
    options: [
      {
        flags: '--from <source>',
        description: 'a .sql file or a folder, an address, at:REVISION, models, database, command:PROGRAM, a module',
      },
      { flags: '--to <source>', description: 'the other' },
      dev,
      { flags: '--format <name>', description: 'text, sql, json or revision' },
      { flags: '--exit-code', description: 'exit with 3 where they differ' },
      {
        flags: '--rename <old=new>',
        description: 'what only has another name: user.name=user.full_name',
        several: true,
      },
    ],
    load: () => import('./verbs/diff.ts').then((module) => module.diff),
  },
  {
    name: 'inspect',
    operands: '[source]',
    description: 'show a database, or another source of a schema, as models, SQL, JSON or a diagram',
    options: [dev, { flags: '--format <name>', description: 'ts, sql, json or mermaid' }],
    load: () => import('./verbs/inspect.ts').then((module) => module.inspect),
  },
  testVerb,
  {
    name: 'adopt',
    operands: '',
    description: 'take over a database that is there already: models, a first revision, and its stamp',
    options: [
      { flags: '--models <file>', description: 'the file of models to write; default: models.ts' },
      message,
      { flags: '--rev-id <id>', description: 'the identifier, instead of the one the database has, or a random one' },
      { flags: '--version-path <folder>', description: 'the versions folder, where there are several' },
      { flags: '--created-at <time>', description: 'the time in the header, instead of now' },
    ],
    load: () => import('./verbs/adopt.ts').then((module) => module.adopt),
  },
  {
    name: 'plan',
    operands: '<verb> <target>',
    description: 'show the steps of an upgrade, downgrade or stamp without taking them',
    options: [{ flags: '--from <revisions...>', description: 'plan from these revisions, without a database' }],
    load: () => import('./verbs/plan.ts').then((module) => module.plan),
  },
  {
    name: 'doctor',
    operands: '',
    description: 'look for everything that is wrong with the chain and the database; exit with 3 where something is',
    options: [
      { flags: '--merge-with <ref>', description: 'look at the chain as it will be when a git branch has been merged' },
      { flags: '--files-only', description: 'ask no database' },
      chainFormat,
      shared,
    ],
    load: () => import('./verbs/chain.ts').then((module) => module.doctor),
  },
  {
    name: 'fix-chain',
    operands: '',
    description: 'show how a broken chain would be mended, and mend it; exit with 3 where something stays wrong',
    options: [
      { flags: '--fix', description: 'write it' },
      { flags: '--dry-run', description: 'write nothing (that is the default)' },
      { flags: '--reparent', description: 'allow changing what published revisions follow' },
      {
        flags: '--accept-hidden',
        description: 'write also where databases would skip revisions, with one that redoes them',
      },
      { flags: '--undo', description: 'take the latest repair back' },
      chainFormat,
      shared,
    ],
    load: () => import('./verbs/chain.ts').then((module) => module.fixChain),
  },
  {
    name: 'edit',
    operands: '<target>',
    flaskOperands: '[target]',
    description: 'open a revision file in $EDITOR',
    options: [],
    load: () => import('./verbs/edit.ts').then((module) => module.edit),
  },
]
