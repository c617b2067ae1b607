// A revision: what the chain has made up to there.

import { titleOf } from './reference.ts'
import type { Resolver } from './source.ts'

export const revision: Resolver<'revision'> = async (reference, context) => ({
  title: titleOf(reference, context.directory),
  schema: await context.revision(reference.target),
  printed: null,
  isLive: false,
})
