// The `test` of a revision file, called where it belongs; what it throws is told, not thrown.

import { AludelError } from '../../errors.ts'
import type { Script } from '../../project/scripts.ts'
import type { Bench } from './bench.ts'
import type { RevisionTest } from './revision-test.ts'

export interface Hooks {
  /** True where rows are to be after the downgrade what they were. */
  readonly keepsRows: boolean
  readonly samples: boolean
  /** Why it failed; null where it did not, or where there is none. */
  call(name: 'before' | 'after' | 'downgraded'): Promise<string | null>
}

/** @throws AludelError `invalid-test` */
export function createHooks({ project, session, signal }: Bench, script: Script): Hooks {
  const own = testOf(project.loader, script)
  const { db, dialect } = session
  return {
    keepsRows: own.rows !== 'changed',
    samples: own.samples !== false,
    call: async (name) => {
      try {
        await own[name]?.({ db, dialect: dialect.name, quote: dialect.quote, signal })
        return null
      } catch (error) {
        signal.throwIfAborted()
        return error instanceof Error ? error.message : String(error)
      }
    },
  }
}

const known = ['before', 'after', 'downgraded', 'rows', 'samples']

function testOf({ load }: Bench['project']['loader'], script: Script): RevisionTest {
  let given: unknown
  try {
    given = load(script.file).test
  } catch {
    // A file that cannot be loaded says so when its step is taken.
    return {}
  }
  if (given === undefined) return {}
  const names = typeof given === 'object' && given !== null ? Object.keys(given) : [String(given)]
  const strange = names.find((name) => !known.includes(name))
  if (strange === undefined) return given as RevisionTest
  throw new AludelError('invalid-test', `\`test\` of ${script.path} has "${strange}", which means nothing.`, {
    hint: `It may have: ${known.join(', ')}.`,
    details: { file: script.path, revision: script.id },
  })
}
