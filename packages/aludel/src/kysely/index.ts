// What an application imports to query with Kysely: `aludel/kysely`.

export { kyselyOn } from './kysely-on.ts'
export type { ConnectionSource } from './source.ts'
export type { JsonText, KyselyDatabase } from './types.ts'
export { readJson } from './types.ts'
