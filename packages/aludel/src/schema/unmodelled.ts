// The kinds of things that databases hold and no word of the model stands for; docs/limits.md says of each what to do instead.

export const unmodelledKinds = [
  'access method',
  'application-time period',
  'base type',
  'cast',
  'clause of a table',
  'clustered index',
  'collation',
  'column of a partition',
  'constraint of a partition',
  'conversion',
  'default privileges',
  'descending primary key',
  'event of another user',
  'event trigger that is not enabled',
  'foreign data wrapper',
  'foreign server',
  'foreign table',
  'function of another user',
  'index of a partition',
  'inherited column',
  'language',
  'operator',
  'operator class',
  'operator family',
  'owner',
  'partitioned table',
  'partitioning of a table that is there',
  'procedure of another user',
  'publication',
  'rule that is not enabled',
  'sequence of another user',
  'statistics of an index',
  'subscription',
  'system-versioned table',
  'table of another user',
  'tablespace',
  'text search configuration',
  'text search dictionary',
  'text search parser',
  'text search template',
  'transform',
  'trigger of another user',
  'trigger that is not enabled',
  'typed table',
  'view column default',
  'view of another user',
  'virtual table',
] as const

export type UnmodelledKind = (typeof unmodelledKinds)[number]

/** Something that is there and that no word of the model stands for. */
export interface UnmodelledObject {
  readonly kind: UnmodelledKind
  readonly name: string
  /** All that it is, so that two that say the same are the same; null where the engine does not tell that much. */
  readonly says: string | null
}
