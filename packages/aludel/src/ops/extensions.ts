// createExtension, dropExtension: what a server can be given besides, on PostgreSQL.

import type { Schema } from '../schema/model.ts'
import type { Extension } from '../schema/object-model.ts'
import { withObject, withoutObjects } from '../schema/objects.ts'
import { type ObjectRef, type OpDefinition, touches } from './definition.ts'

/** An extension is one in a database, whichever namespace its objects are in. */
function findExtension(schema: Schema, name: string): Extension | null {
  const found = schema.objects.find((object) => object.kind === 'extension' && object.name === name)
  return found?.kind === 'extension' ? found : null
}

function extensionRef(name: string): ObjectRef {
  return { kind: 'extension', namespace: null, name, part: null }
}

export const createExtension: OpDefinition<'createExtension'> = {
  apply: (schema, { extension }) =>
    findExtension(schema, extension.name) === null ? withObject(schema, extension) : schema,
  invert: ({ extension: { name }, ifNotExists }, before) =>
    findExtension(before, name) === null ? [{ kind: 'dropExtension', name, ifExists: ifNotExists }] : [],
  touches: ({ extension }) => touches({ provides: [extensionRef(extension.name)] }),
  describe: ({ extension }) => `create extension "${extension.name}"`,
  print: ({ extension: { name, namespace, version }, ifNotExists }, printer) =>
    printer.call('createExtension', [printer.text(name)], {
      ...(ifNotExists ? { ifNotExists } : {}),
      ...(namespace === null ? {} : { namespace }),
      ...(version === null ? {} : { version }),
    }),
}

export const dropExtension: OpDefinition<'dropExtension'> = {
  apply: (schema, op) => withoutObjects(schema, [findExtension(schema, op.name)]),
  invert(op, before) {
    const extension = findExtension(before, op.name)
    if (extension !== null) return [{ kind: 'createExtension', extension, ifNotExists: false }]
    if (op.ifExists) return []
    return { irreversible: `Of which version extension "${op.name}" was, and in which namespace, is not known here.` }
  },
  touches: (op) => touches({ requires: op.ifExists ? [] : [extensionRef(op.name)], removes: [extensionRef(op.name)] }),
  describe: (op) => `drop extension "${op.name}"`,
  print: (op, printer) => printer.call('dropExtension', [printer.text(op.name)], op.ifExists ? { ifExists: true } : {}),
}
