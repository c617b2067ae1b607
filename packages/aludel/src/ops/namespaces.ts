// createNamespace, dropNamespace: what PostgreSQL calls schemas.

import { type OpDefinition, touches } from './definition.ts'

export const createNamespace: OpDefinition<'createNamespace'> = {
  apply: (schema, op) =>
    schema.namespaces.includes(op.name) ? schema : { ...schema, namespaces: [...schema.namespaces, op.name] },
  invert: (op, before) =>
    before.namespaces.includes(op.name) ? [] : [{ kind: 'dropNamespace', name: op.name, ifExists: op.ifNotExists }],
  touches: (op) => touches({ provides: [{ kind: 'namespace', namespace: null, name: op.name, part: null }] }),
  describe: (op) => `create namespace "${op.name}"`,
  print: (op, printer) =>
    printer.call('createNamespace', [printer.text(op.name)], op.ifNotExists ? { ifNotExists: true } : {}),
}

export const dropNamespace: OpDefinition<'dropNamespace'> = {
  apply: (schema, op) => ({ ...schema, namespaces: schema.namespaces.filter((name) => name !== op.name) }),
  invert: (op, before) =>
    op.ifExists && !before.namespaces.includes(op.name)
      ? []
      : [{ kind: 'createNamespace', name: op.name, ifNotExists: false }],
  touches: (op) => touches({ removes: [{ kind: 'namespace', namespace: null, name: op.name, part: null }] }),
  describe: (op) => `drop namespace "${op.name}"`,
  print: (op, printer) => printer.call('dropNamespace', [printer.text(op.name)], op.ifExists ? { ifExists: true } : {}),
}
