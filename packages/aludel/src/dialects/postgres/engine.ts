// PostgreSQL, 14 to 18: what the house knows of it, under one name.

import type { Server } from '../../database/types.ts'
import type { Dialect, Engine } from '../dialect.ts'
import { archives } from './archives.ts'
import { connector } from './connector.ts'
import { explain } from './explain.ts'
import { sameExpressions } from './expressions.ts'
import { features, newestVersion, versionFeatures } from './features.ts'
import { introspect } from './introspect/introspect.ts'
import { invalidIndexes } from './leftovers.ts'
import { limiting } from './limits.ts'
import { lines, literal, quote } from './literal.ts'
import { endHolder, lock, lockHolder, needsLease } from './lock.ts'
import { normalize } from './normalize.ts'
import { reads } from './render/reads.ts'
import { refuseWith } from './render/refuse.ts'
import { render } from './render/render.ts'
import { sameObjects } from './same-objects.ts'
import { scratch } from './scratch.ts'
import { script } from './script.ts'
import { split } from './split.ts'
import { typeText } from './types.ts'
import { understandingOf } from './understanding/understanding.ts'

function dialectOf(majorVersion: number): Dialect {
  const can = versionFeatures(majorVersion)
  return {
    name: 'postgres',
    features,
    refuse: refuseWith(can),
    reads,
    render: (ops, before, later = []) => render(ops, { before, later }, can),
    normalize: (schema) => normalize(schema, can),
    sameExpressions,
    sameObjects,
    introspect: (db, scope) => introspect(db, scope, can),
    explain,
    leftovers: invalidIndexes,
    lock,
    lockHolder,
    endHolder,
    needsLease,
    limiting,
    observe: async (db, options) => (await import('./activity.ts')).observe(db, options),
    lockStep: null,
    // Transactions take every change of the schema back here, so nothing has to surround a step.
    guard: () => null,
    split,
    quote,
    literal,
    lines,
    type: typeText,
    script,
    understanding: understandingOf(),
    archives,
  }
}

export const engine: Engine = {
  schemes: ['postgresql', 'postgres'],
  ...connector,
  scratch,
  dialectFor: ({ version }: Server) => dialectOf(version[0] ?? newestVersion),
  offline: dialectOf(newestVersion),
}
