// A connection that counts what the engine is asked.

import type { Connection } from '../../src/database/types.ts'

export interface Counted {
  readonly db: Connection
  /** Statements so far, each of a list by itself. */
  count(): number
}

const asking: Readonly<Record<string, (given: unknown) => number>> = {
  query: () => 1,
  stream: () => 1,
  script: () => 1,
  statements: (list) => (list as readonly string[]).length,
  queries: (list) => (list as readonly string[]).length,
}

export function counted(db: Connection): Counted {
  let count = 0
  const watched = new Proxy(db, {
    get(target, key) {
      const held: unknown = Reflect.get(target, key)
      const weigh = asking[String(key)]
      if (typeof held !== 'function' || weigh === undefined) return held
      return (given: unknown, ...rest: readonly unknown[]) => {
        count += weigh(given)
        return held.call(target, given, ...rest)
      }
    },
  })
  return { db: watched, count: () => count }
}
