// The verbs that change a database, or tell what was changed in it.

import { acceptEdited, dialect, skipCode, sql, type VerbEntry, yes } from './options.ts'

export const runVerbs: readonly VerbEntry[] = [
  {
    name: 'upgrade',
    operands: '[target]',
    description: 'apply what is pending, up to a target (head)',
    options: [sql, dialect, skipCode, yes, acceptEdited],
    load: () => import('./verbs/move.ts').then((module) => module.upgrade),
  },
  {
    name: 'downgrade',
    operands: '[target]',
    description: 'take back what is above a target (-1)',
    options: [sql, dialect, skipCode, yes],
    load: () => import('./verbs/move.ts').then((module) => module.downgrade),
  },
  {
    name: 'stamp',
    operands: '<targets...>',
    flaskOperands: '[targets...]',
    description: 'set the revision of the database and run nothing',
    options: [sql, dialect, { flags: '--purge', description: 'take every row away first, also unknown ones' }],
    load: () => import('./verbs/stamp.ts').then((module) => module.stamp),
  },
  {
    name: 'current',
    operands: '',
    description: 'show the revision of the database',
    options: [{ flags: '--check-heads', description: 'exit with 3 where the database is not at every head' }],
    load: () => import('./verbs/current.ts').then((module) => module.current),
  },
  {
    name: 'resume',
    operands: '',
    description: 'go on with the step that broke off',
    options: [
      { flags: '--from <statement>', description: 'the statement to go on with, from 1, where that is not sure' },
    ],
    load: () => import('./verbs/mend.ts').then((module) => module.resume),
  },
  {
    name: 'resolve',
    operands: '<revision>',
    description: 'say what became of a step that broke off, once it was finished or undone by hand',
    options: [
      { flags: '--applied', description: 'everything that the revision does is in the database' },
      { flags: '--undone', description: 'nothing of it is' },
    ],
    load: () => import('./verbs/mend.ts').then((module) => module.resolve),
  },
  {
    name: 'log',
    operands: '[revision]',
    description: 'show what was done to the database, by whom and when',
    options: [
      { flags: '--limit <count>', description: 'only so many of the newest entries' },
      { flags: '--sql', description: 'also the SQL that the history keeps to undo each step' },
    ],
    load: () => import('./verbs/log.ts').then((module) => module.log),
  },
  {
    name: 'lock',
    operands: '<what>',
    description: 'status: who holds the lock of a run; release: end that run',
    options: [yes],
    load: () => import('./verbs/lock.ts').then((module) => module.lock),
  },
  {
    name: 'archive',
    operands: '<what> [names...]',
    description: 'list what revisions have kept of tables and columns they dropped, or drop it',
    options: [{ flags: '--all', description: 'with drop: everything that is kept' }, yes],
    load: () => import('./verbs/archive.ts').then((module) => module.archive),
  },
]
