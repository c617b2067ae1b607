// SQLite, the embedded default: what the house knows of it, under one name.

import type { Server } from '../../database/types.ts'
import type { Dialect, Engine } from '../dialect.ts'
import { archives } from './archives.ts'
import { connector } from './connector.ts'
import { explain } from './explain.ts'
import { sameExpressions } from './expressions.ts'
import { features } from './features.ts'
import { guard } from './guard.ts'
import { introspect } from './introspect/schema.ts'
import { lines, literal, quote } from './literal.ts'
import { endHolder, lock, lockHolder, needsLease } from './lock.ts'
import { normalize } from './normalize.ts'
import { reads } from './render/needs.ts'
import { newestVersion, refuseWith } from './render/refuse.ts'
import { render } from './render/render.ts'
import { sameObjects } from './same-objects.ts'
import { scratch } from './scratch.ts'
import { script } from './script.ts'
import { split } from './split.ts'
import { lockStep } from './step-lock.ts'
import { renderType } from './types.ts'
import { createUnderstanding } from './understanding.ts'

const sqlite: Dialect = {
  name: 'sqlite',
  features,
  refuse: refuseWith(newestVersion),
  reads,
  render,
  normalize,
  sameExpressions,
  sameObjects,
  introspect,
  explain,
  // What is broken off here leaves nothing behind.
  leftovers: async () => [],
  lock,
  lockHolder,
  endHolder,
  needsLease,
  limiting: null,
  // A statement that runs here leaves no time to look at anything.
  observe: async () => null,
  lockStep,
  guard,
  split,
  quote,
  literal,
  lines,
  type: renderType,
  script,
  understanding: createUnderstanding(),
  archives,
}

export const engine: Engine = {
  schemes: ['sqlite'],
  ...connector,
  scratch,
  dialectFor: ({ version }: Server) => ({ ...sqlite, refuse: refuseWith(version) }),
  offline: sqlite,
}
