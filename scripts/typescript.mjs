// Lets Node run this repository's own TypeScript: `node --import ./scripts/typescript.mjs bench/run.ts`.
//
// Node strips types by itself since 22.18; for the versions before, this file registers itself as a loader.
import { readFile } from 'node:fs/promises'
import { register } from 'node:module'
import { fileURLToPath } from 'node:url'
import { isMainThread } from 'node:worker_threads'

const stripsTypes = Boolean(process.features.typescript)
if (isMainThread && !stripsTypes) register(import.meta.url)

export async function load(url, context, nextLoad) {
  if (!url.startsWith('file:') || !url.endsWith('.ts')) return nextLoad(url, context)
  const { transformSync } = await import('oxc-transform')
  const path = fileURLToPath(url)
  const { code, errors } = transformSync(path, await readFile(path, 'utf8'), {
    typescript: { onlyRemoveTypeImports: true },
  })
  const [error] = errors
  if (error !== undefined) throw new SyntaxError(`${path}: ${error.message}\n${error.codeframe ?? ''}`)
  return { format: 'module', source: code, shortCircuit: true }
}
