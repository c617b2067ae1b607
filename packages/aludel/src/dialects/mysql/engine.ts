// MariaDB and MySQL: what the house knows of them, under one name.

import type { Server } from '../../database/types.ts'
import { type Dialect, type Engine, nothingUnderstood } from '../dialect.ts'
import { archives } from './archives.ts'
import { connector } from './connector.ts'
import { explain } from './explain.ts'
import { sameExpressionsWith } from './expressions.ts'
import { abilitiesOf, featuresOf } from './features.ts'
import { introspectWith } from './introspect/introspect.ts'
import { limitingOf } from './limits.ts'
import { lines, literal, quote } from './literal.ts'
import { endHolder, lock, lockHolder, needsLease } from './lock.ts'
import { normalizeWith } from './normalize.ts'
import { refuseWith } from './render/refuse.ts'
import { readsWith, renderWith } from './render/render.ts'
import { sameObjects } from './same-objects.ts'
import { scratch } from './scratch.ts'
import { script } from './script.ts'
import { split } from './split.ts'
import { renderType } from './types.ts'

function dialectFor(server: Server): Dialect {
  const abilities = abilitiesOf(server)
  const rendering = { reads: readsWith(abilities), render: renderWith(abilities) }
  return {
    name: 'mysql',
    features: featuresOf(abilities),
    ...rendering,
    refuse: refuseWith(rendering, abilities),
    normalize: normalizeWith(abilities),
    sameExpressions: sameExpressionsWith(abilities),
    sameObjects,
    introspect: introspectWith(abilities),
    explain,
    // What is broken off here leaves nothing behind.
    leftovers: async () => [],
    lock,
    lockHolder,
    endHolder,
    needsLease,
    limiting: limitingOf(server),
    observe: async (db, options) => (await import('./activity.ts')).observe(db, options),
    lockStep: null,
    guard: () => null,
    split: (sql) => split(sql),
    quote,
    literal,
    lines,
    type: (type) => renderType(type, abilities),
    script,
    understanding: nothingUnderstood,
    archives,
  }
}

export const engine: Engine = {
  schemes: ['mysql', 'mariadb'],
  ...connector,
  scratch,
  dialectFor,
  // Offline nobody says which of the two it will be; MariaDB is the one that this SQL is run on.
  offline: dialectFor({ product: 'MariaDB', version: [10, 11] }),
}
