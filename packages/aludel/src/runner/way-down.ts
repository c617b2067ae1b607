// Which revisions nothing can take back, told before anything is sent.

import { isIrreversible } from '../ops/definition.ts'
import type { Script } from '../project/scripts.ts'
import { inverseMark } from './inverse.ts'
import { type ChainRequest, createInverses, type Inverses } from './inverses.ts'

/**
 * Why revisions cannot be taken back, as a sentence for each that cannot. A way down that somebody wrote is believed; any
 * other is inverted, as it will be. A file that cannot be loaded says nothing here: it fails at its own turn.
 *
 * @param inverses of these revisions at least, where somebody has them already
 */
export function irreversibleReasons(
  request: ChainRequest,
  scripts: readonly Script[],
  inverses: Inverses = createInverses(request, scripts),
): ReadonlyMap<string, string> {
  // The text tells most of it, and loading a thousand files before the first is sent would cost the run its lead.
  const doubtful = scripts.filter((script) => script.wayDown === 'other' && isInverted(request, script))
  const reasons = new Map<string, string>()
  for (const script of doubtful) {
    try {
      const answer = inverses.of(script)
      if (isIrreversible(answer)) reasons.set(script.id, answer.irreversible)
    } catch {
      // Whatever is wrong there is told when its turn comes, with its place.
    }
  }
  return reasons
}

function isInverted({ project }: ChainRequest, { file }: Script): boolean {
  try {
    const { upgrade, downgrade } = project.loader.load(file)
    if (typeof upgrade !== 'function') return false
    return downgrade === undefined || (typeof downgrade === 'function' && inverseMark in downgrade)
  } catch {
    return false
  }
}
