// The surface of the recorder for what stands beside tables: views, sequences, programs, policies, privileges, partitions.

import type { AnyColumn } from '../schema/column.ts'
import type { Referent } from '../schema/constraints.ts'
import type { EngineSqlGiven } from '../schema/objects.ts'
import type { PartitionByGiven } from '../schema/table.ts'
import type { RevokedOption } from './operations.ts'
import type {
  AlterPolicyGiven,
  CommentTarget,
  CompositeTypeChange,
  FunctionOptions,
  GrantTarget,
  IfExists,
  IfNotExists,
  MaterializedViewOptions,
  PartitionBoundsGiven,
  PolicyOptions,
  PrivilegeGiven,
  SequenceOptions,
  ViewOptions,
} from './surface-options.ts'

export interface ObjectOperations {
  /** A query with a name. */
  createView(view: Referent, query: EngineSqlGiven, options?: ViewOptions): void
  /** Takes a view away. */
  dropView(view: Referent, options?: IfExists): void
  /** A view gets another name. */
  renameView(view: Referent, name: string): void
  /** A query that keeps its rows. PostgreSQL only. */
  createMaterializedView(view: Referent, query: EngineSqlGiven, options?: MaterializedViewOptions & IfNotExists): void
  /** Takes a materialized view away. */
  dropMaterializedView(view: Referent, options?: IfExists): void
  /** The query's rows anew; `concurrently` lets readers go on. */
  refreshMaterializedView(view: Referent, options?: { readonly concurrently?: boolean }): void
  /** A counter of its own. */
  createSequence(sequence: Referent, options?: SequenceOptions & IfNotExists): void
  /** Changes of a sequence only what is given; null takes a bound, a cache or an owner away. */
  alterSequence(sequence: Referent, change: SequenceOptions): void
  /** A sequence gets another name. */
  renameSequence(sequence: Referent, name: string): void
  /** Takes a sequence away. */
  dropSequence(sequence: Referent, options?: IfExists): void
  /** A function in a language of the server's; `text` is the whole CREATE statement, as the engine takes it. */
  createFunction(name: Referent, text: EngineSqlGiven, options?: FunctionOptions): void
  /** Takes a function away. */
  dropFunction(name: Referent, options?: Pick<FunctionOptions, 'arguments'> & IfExists): void
  /** A procedure in a language of the server's, called by CALL; `text` is the whole CREATE statement. */
  createProcedure(name: Referent, text: EngineSqlGiven, options?: FunctionOptions): void
  /** Takes a procedure away. */
  dropProcedure(name: Referent, options?: Pick<FunctionOptions, 'arguments'> & IfExists): void
  /** A function over many rows; `text` is the whole CREATE statement. */
  createAggregate(name: Referent, text: EngineSqlGiven, options?: FunctionOptions): void
  /** Takes an aggregate away. */
  dropAggregate(name: Referent, options?: Pick<FunctionOptions, 'arguments'> & IfExists): void
  /** What the engine does as rows change; `text` is the whole CREATE statement, as the engine takes it. */
  createTrigger(name: string, table: Referent, text: EngineSqlGiven): void
  /** Takes a trigger away. */
  dropTrigger(name: string, table: Referent, options?: IfExists): void
  /** PostgreSQL only: from now on policies decide which rows are there; with `force` for the table's owner, too. */
  enableRowSecurity(table: Referent, options?: { readonly force?: boolean }): void
  /** Policies are there, but every row is to be seen again. */
  disableRowSecurity(table: Referent): void
  /** PostgreSQL only: which rows are there, for every command and everybody where nothing else is said. `PUBLIC` and `CURRENT_USER` are words, other roles names. */
  createPolicy(name: string, table: Referent, options?: PolicyOptions): void
  /** Changes of a policy only what is given; `to: []` is everybody. */
  alterPolicy(name: string, table: Referent, change: AlterPolicyGiven): void
  /** A policy gets another name. */
  renamePolicy(name: string, table: Referent, newName: string): void
  /** Takes a policy away. */
  dropPolicy(name: string, table: Referent, options?: IfExists): void
  /**
   * What users may do: `op.grant(['SELECT', { privilege: 'UPDATE', columns: ['note'] }], { on: 'user', to: ['reader'] })`.
   * On MariaDB and MySQL a user is `name@host`, and a namespace is a database. Not on SQLite.
   */
  grant(
    privileges: readonly PrivilegeGiven[],
    options: { readonly on: GrantTarget; readonly to: readonly string[]; readonly withGrantOption?: boolean },
  ): void
  /** `grantOption` takes the right to give privileges on, too, or only that one. */
  revoke(
    privileges: readonly PrivilegeGiven[],
    options: { readonly on: GrantTarget; readonly from: readonly string[]; readonly grantOption?: RevokedOption },
  ): void
  /** PostgreSQL only, of a table made with `{ postgres: { partitionBy } }`; it may have partitions itself. It goes with `dropTable`. */
  createPartition(
    name: Referent,
    parent: Referent,
    bounds: PartitionBoundsGiven,
    options?: IfNotExists & { readonly partitionBy?: PartitionByGiven },
  ): void
  /** A table becomes a partition. The server looks at its rows, unless a check says already that they are in the bounds. `partitionBy` is for one that has partitions, where nothing else tells by what. */
  attachPartition(
    name: Referent,
    parent: Referent,
    bounds: PartitionBoundsGiven,
    options?: { readonly partitionBy?: PartitionByGiven },
  ): void
  /** A partition becomes a table; `concurrently` keeps nobody waiting, and is outside the step's transaction. */
  detachPartition(name: Referent, parent: Referent, options?: { readonly concurrently?: boolean }): void
  /** PostgreSQL only: a type of several named parts, each a column of its own type. */
  createCompositeType(type: Referent, attributes: Readonly<Record<string, AnyColumn>>): void
  /** Changes of a composite type: attributes that go, that get another type, and that come at its end. */
  alterCompositeType(type: Referent, change: CompositeTypeChange): void
  /** Takes a composite type away that nothing uses any more. */
  dropCompositeType(type: Referent, options?: IfExists): void
  /**
   * What is known by the whole of its CREATE statement: rules, statistics, range types, event triggers and the like on
   * PostgreSQL, events on MariaDB and MySQL. `type` is the word of its statement; `on` the table that its name belongs to.
   */
  createObject(type: string, name: Referent, text: EngineSqlGiven, options?: { readonly on?: Referent }): void
  /** Takes it away again, by the same words. */
  dropObject(type: string, name: Referent, options?: IfExists & { readonly on?: Referent }): void
  /** Says what an object is, in the database's own catalogue: `op.comment({ view: 'recent' }, 'Logins of a week')`; null takes it away. PostgreSQL only; tables and columns have comments of their own. */
  comment(target: CommentTarget, comment: string | null): void
}
