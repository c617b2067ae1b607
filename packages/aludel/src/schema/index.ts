// What models and revision files import: `aludel/schema`.

export type { AnyColumn, ColumnBuilder, ColumnReference, JsonValue, Now, ReferenceOptions } from './column.ts'
export {
  bigint,
  binary,
  boolean,
  date,
  double,
  enumeration,
  float,
  integer,
  json,
  now,
  numeric,
  smallint,
  sqlType,
  string,
  text,
  time,
  timestamp,
  timestamptz,
  uuid,
} from './column.ts'
export type {
  ColumnLike,
  Constraint,
  ExcludeElement,
  ExcludeOptions,
  ForeignKeyOptions,
  IndexColumn,
  IndexOptions,
  UniqueOptions,
} from './constraints.ts'
export { asc, check, desc, exclude, foreignKey, index, primaryKey, unique } from './constraints.ts'
export type { AnyTable, DefinedSchema, SchemaOptions } from './define.ts'
export { defineSchema } from './define.ts'
export type {
  Action,
  Check,
  Column,
  ColumnType,
  Default,
  EnumType,
  Exclusion,
  ExclusionElement,
  ForeignKey,
  Generated,
  Identity,
  Index,
  IndexPart,
  PrimaryKey,
  Schema,
  Table,
  TableName,
  Unique,
} from './model.ts'
export type { NamingConvention } from './naming.ts'
export type { NamePart, Sql, SqlPart } from './sql.ts'
export { name, rawSql, sql } from './sql.ts'
export type { ColumnMap, ColumnReferences, NameOf, TableDefinition, TableOptions } from './table.ts'
export { table } from './table.ts'
