// A folder with a chain to run, and databases that stand at each revision of it.

import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { type ChainOptions, chain } from './chain.ts'

/** Writes the project; answers the revisions in their order. */
export function writeProject(folder: string, options: ChainOptions): readonly string[] {
  const versions = join(folder, 'migrations/versions')
  mkdirSync(versions, { recursive: true })
  writeFileSync(join(folder, 'aludel.config.ts'), 'export default { url: () => process.env.DATABASE_URL }\n')
  const revisions = chain(options)
  for (const { id, text } of revisions) writeFileSync(join(versions, `${id}.ts`), text)
  return revisions.map(({ id }) => id)
}
