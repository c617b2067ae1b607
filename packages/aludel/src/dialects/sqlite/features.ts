// What SQLite 3.35 and later can do.

import type { Features } from '../../database/types.ts'

export const features: Features = {
  transactionalDdl: true,
  namespaces: false,
  enumTypes: false,
  comments: false,
  partialIndexes: true,
  expressionIndexes: true,
  deferrableConstraints: true,
  alterConstraints: false,
  severalStatements: true,
  sessionLock: false,
}
