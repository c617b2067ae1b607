// What MySQL and MariaDB alone know of tables, keys and indexes: each stands under the key `mysql` of its part.

export interface MysqlTable {
  readonly engine: string | null
  readonly charset: string | null
  readonly collation: string | null
  /** Other options by their names in capitals: `{ ROW_FORMAT: 'COMPRESSED' }`. */
  readonly options: Readonly<Record<string, string>>
  /** `PARTITION BY ...` with all of its partitions, as the engine writes it. */
  readonly partitions: string | null
}

export const plainMysqlTable: MysqlTable = {
  engine: null,
  charset: null,
  collation: null,
  options: {},
  partitions: null,
}

/** What MySQL alone knows of a key. */
export interface MysqlKey {
  /** Prefix lengths in characters, by column. */
  readonly length: Readonly<Record<string, number>>
  /** The kind of index where it was asked for: 'BTREE' or 'HASH'. */
  readonly using: string | null
  readonly comment: string | null
  /** Other options by their names in capitals: `{ KEY_BLOCK_SIZE: '8' }`. */
  readonly options: Readonly<Record<string, string>>
}

export interface MysqlIndex extends MysqlKey {
  /** 'FULLTEXT' or 'SPATIAL', or null. */
  readonly prefix: string | null
  /** The plugin that cuts a FULLTEXT index's texts into words. */
  readonly parser: string | null
  /** True where queries do not use it: IGNORED on MariaDB, INVISIBLE on MySQL. */
  readonly ignored: boolean
}

export const plainMysqlKey: MysqlKey = { length: {}, using: null, comment: null, options: {} }

export const plainMysqlIndex: MysqlIndex = { ...plainMysqlKey, prefix: null, parser: null, ignored: false }
