// Models with what stands beside their tables: declared by the calls that make it in a revision.

import type { Features } from '../database/types.ts'
import { AludelError } from '../errors.ts'
import type { Schema } from '../schema/model.ts'
import { defaultNaming } from '../schema/naming.ts'
import { findObject } from '../schema/objects.ts'
import type { Op, OpKind } from './operations.ts'
import { createRecorder } from './recorder.ts'
import { applyOp } from './registry.ts'
import type { Operations } from './surface.ts'
import type { ObjectOperations } from './surface-objects.ts'

/** The calls that declare something; what each engine has of it is seen when it is compared. */
export type DeclaredObjects = ObjectOperations & Pick<Operations, 'createDomain' | 'createExtension' | 'createIndex'>

const declaring: ReadonlySet<OpKind> = new Set<OpKind>([
  ...(['createView', 'createMaterializedView', 'createIndex', 'createSequence', 'alterSequence'] as const),
  ...(['createFunction', 'createTrigger', 'createDomain', 'createCompositeType', 'createObject'] as const),
  ...(['enableRowSecurity', 'createPolicy', 'createPartition', 'grant', 'comment', 'createExtension'] as const),
])

/**
 * The models' schema with views, sequences, functions, triggers, policies, privileges and the like.
 *
 * @param schema what `defineSchema` gave
 * @param declare calls what a revision calls to make them; nothing runs, and what an engine has not it leaves out
 * @throws AludelError `misplaced-operation` for a call that declares nothing
 * @example
 * export const schema = withObjects(defineSchema([user]), (op) => {
 *   op.createView('recent', 'SELECT id FROM "user" WHERE created_at > CURRENT_DATE - 7')
 * })
 */
export function withObjects<Defined extends Schema>(schema: Defined, declare: (op: DeclaredObjects) => void): Defined {
  let reached: Schema = schema
  const request = { dialect: 'postgres' as const, features: everything, anyEngine: true, naming: defaultNaming }
  declare(
    createRecorder(request, (op) => {
      requireDeclaring(op, reached)
      reached = applyOp(reached, op)
    }),
  )
  const used = reached.objects.flatMap(({ namespace }) => (namespace === null ? [] : [namespace]))
  return { ...schema, objects: reached.objects, namespaces: [...new Set([...schema.namespaces, ...used])] }
}

const everything = new Proxy({}, { get: () => true }) as Features

function requireDeclaring(op: Op, schema: Schema): void {
  // An index of a table is said where the table is.
  const isPlaced = op.kind !== 'createIndex' || findObject(schema, 'materializedView', op.table) !== null
  if (declaring.has(op.kind) && isPlaced) return
  throw new AludelError('misplaced-operation', `A model declares what is there, and \`${op.kind}\` declares nothing.`, {
    hint: 'Tables belong to defineSchema([...]); what changes something belongs into a revision.',
    details: { operation: op.kind },
  })
}
