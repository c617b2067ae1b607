// Operations as PostgreSQL's statements: each is rendered by the file of its kind, then neighbours on one table are joined.

import type { Statement } from '../../../database/types.ts'
import type { Op, OpKind } from '../../../ops/operations.ts'
import { applyOp } from '../../../ops/registry.ts'
import type { Schema } from '../../../schema/model.ts'
import type { VersionFeatures } from '../features.ts'
import { alterColumn } from './alter-column.ts'
import { addColumn, dropColumn, renameColumn } from './column.ts'
import {
  alterConstraint,
  createCheckConstraint,
  createForeignKey,
  createPrimaryKey,
  createUniqueConstraint,
  dropConstraint,
  renameConstraint,
  validateConstraint,
} from './constraint.ts'
import * as defined from './defined.ts'
import * as domains from './domain.ts'
import { addEnumValue, createEnum, dropEnum, renameEnumValue, setEnumValues } from './enum.ts'
import { createExcludeConstraint } from './exclusion.ts'
import { bulkInsert, execute } from './execute.ts'
import { createExtension, dropExtension } from './extension.ts'
import * as grants from './grant.ts'
import { createIndex, dropIndex, renameIndex } from './index.ts'
import * as objects from './objects.ts'
import { attachPartition, createPartition, detachPartition } from './partition.ts'
import { alterText, type Context, joined, type Piece } from './piece.ts'
import * as policies from './policy.ts'
import {
  alterTable,
  createNamespace,
  createTable,
  createTableComment,
  dropNamespace,
  dropTable,
  moveTable,
  renameTable,
} from './table.ts'

type Renderer<K extends OpKind> = (op: Op<K>, context: Context) => readonly Piece[]

const renderers: { readonly [K in OpKind]: Renderer<K> } = {
  createTable,
  dropTable,
  renameTable,
  moveTable,
  alterTable,
  createTableComment,
  addColumn,
  alterColumn: (op, context) => alterColumn(op, context, renderOp),
  dropColumn,
  renameColumn,
  createIndex,
  dropIndex,
  renameIndex,
  createPrimaryKey,
  createUniqueConstraint,
  createForeignKey,
  createCheckConstraint,
  createExcludeConstraint,
  dropConstraint,
  renameConstraint,
  alterConstraint,
  validateConstraint,
  createEnum,
  dropEnum,
  setEnumValues,
  addEnumValue,
  renameEnumValue,
  ...domains,
  ...policies,
  ...grants,
  createPartition,
  attachPartition,
  detachPartition,
  createNamespace,
  dropNamespace,
  ...objects,
  ...defined,
  createExtension,
  dropExtension,
  bulkInsert,
  execute,
  // The rows of a file come as rows. Code and blocks are taken apart before anything is rendered.
  insertFile: () => [],
  run: () => [],
  autocommit: () => [],
  setAside: () => [],
  putBack: () => [],
}

function renderOp<K extends OpKind>(op: Op<K>, context: Context): readonly Piece[] {
  return renderers[op.kind as K](op, context)
}

interface Numbered {
  readonly piece: Piece
  readonly ops: readonly number[]
}

interface Known {
  readonly before: Schema
  readonly later: readonly Op[]
}

export function render(ops: readonly Op[], { before, later }: Known, can: VersionFeatures): readonly Statement[] {
  const pieces: Numbered[] = []
  let schema = before
  ops.forEach((op, position) => {
    for (const piece of renderOp(op, { before: schema, can, later: [...ops.slice(position + 1), ...later] })) {
      const last = pieces.at(-1)
      const both = last === undefined ? null : joined(last.piece, piece)
      if (last === undefined || both === null) pieces.push({ piece, ops: [position] })
      else pieces[pieces.length - 1] = { piece: both, ops: [...last.ops, position] }
    }
    schema = applyOp(schema, op)
  })
  return pieces.map(({ piece, ops: served }) => toStatement(piece, served))
}

function toStatement(piece: Piece, ops: readonly number[]): Statement {
  if (piece.kind === 'alter') {
    return { sql: alterText(piece), parameters: [], transactional: true, ops, why: piece.why }
  }
  const { sql, parameters, transactional, why } = piece
  return { sql, parameters, transactional, ops, why }
}
