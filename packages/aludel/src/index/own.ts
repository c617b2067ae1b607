// The modules that a project's files must share with this program, so that there is only one of each.

import * as aludel from '../index.ts'
import * as objects from '../objects/index.ts'
import type { OwnModules } from '../project/loader.ts'
import * as schema from '../schema/index.ts'

export function ownModules(): OwnModules {
  return { aludel, 'aludel/schema': schema, 'aludel/objects': objects }
}
