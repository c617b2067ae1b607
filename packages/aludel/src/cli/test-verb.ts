// The verb `test` with its operands and options, beside the list of all.

import type { VerbEntry } from './options.ts'

export const testVerb: VerbEntry = {
  name: 'test',
  operands: '[revisions...]',
  description: 'take each revision up, down and up again on a scratch database; exit with 3 where something is wrong',
  options: [
    { flags: '--since <ref>', description: 'only revisions that changed since a git branch, tag or commit' },
    { flags: '--dev <address>', description: 'a scratch database, or a server to make one on' },
    { flags: '--shard <k/n>', description: 'the kth of n parts, for as many machines' },
    { flags: '--no-samples', description: 'generate no rows: look at the schema alone' },
    { flags: '--strict', description: 'exit with 3 for warnings, too' },
    { flags: '--format <name>', description: 'text, junit or json' },
    { flags: '--output <file>', description: 'write junit or json into a file, and print the text' },
  ],
  takesLong: true,
  load: () => import('./verbs/test.ts').then((module) => module.test),
}
