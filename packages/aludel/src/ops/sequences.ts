// createSequence, alterSequence, renameSequence, dropSequence: numbers that are given once each.

import { tableTitle } from '../schema/lookup.ts'
import type { Sequence, SequenceSettings } from '../schema/object-model.ts'
import { findObject, replaceObject, withObject, withoutObjects } from '../schema/objects.ts'
import { type ObjectRef, type OpDefinition, objectRef, partRef, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'

/** What a sequence of this step and these bounds starts with by itself. */
export function usualStart({
  increment,
  minValue,
  maxValue,
}: Pick<SequenceSettings, 'increment' | 'minValue' | 'maxValue'>): number | bigint {
  return increment < 0 ? (maxValue ?? -1) : (minValue ?? 1)
}

/** The settings that a sequence does not have by itself. */
export function ownSettings(sequence: Sequence): Partial<SequenceSettings> {
  const { type, start, increment, minValue, maxValue, cache, cycle, ownedBy } = sequence
  return {
    ...(type === null ? {} : { type }),
    ...(start === usualStart(sequence) ? {} : { start }),
    ...(increment === 1 ? {} : { increment }),
    ...(minValue === null ? {} : { minValue }),
    ...(maxValue === null ? {} : { maxValue }),
    ...(cache === null ? {} : { cache }),
    ...(ownedBy === null ? {} : { ownedBy }),
    ...(cycle ? { cycle } : {}),
  }
}

/** The sequence without its owner, for where its owner's table comes after it. */
export function unowned(sequence: Sequence): Op<'createSequence'> {
  return { kind: 'createSequence', sequence: { ...sequence, ownedBy: null }, ifNotExists: false }
}

/** The operation that gives it to its owner. */
export function owned({ namespace, name, ownedBy }: Sequence): Op<'alterSequence'> {
  return { kind: 'alterSequence', sequence: { namespace, name }, set: { ownedBy } }
}

function ownerRefs(ownedBy: SequenceSettings['ownedBy'] | undefined): readonly ObjectRef[] {
  return ownedBy == null ? [] : [tableRef(ownedBy.table), partRef('column', ownedBy.table, ownedBy.column)]
}

export const createSequence: OpDefinition<'createSequence'> = {
  apply: (schema, { sequence }) =>
    findObject(schema, 'sequence', sequence) === null ? withObject(schema, sequence) : schema,
  invert({ sequence, ifNotExists }, before) {
    const { namespace, name } = sequence
    if (ifNotExists && findObject(before, 'sequence', sequence) !== null) return []
    return [{ kind: 'dropSequence', sequence: { namespace, name }, ifExists: ifNotExists }]
  },
  touches: ({ sequence }) =>
    touches({ requires: ownerRefs(sequence.ownedBy), provides: [objectRef('sequence', sequence)] }),
  describe: (op) => `create sequence ${tableTitle(op.sequence)}`,
  print({ sequence, ifNotExists }, printer) {
    const { namespace, name } = sequence
    return printer.call('createSequence', [printer.table({ namespace, name })], {
      ...ownSettings(sequence),
      ...(ifNotExists ? { ifNotExists } : {}),
    })
  },
}

export const alterSequence: OpDefinition<'alterSequence'> = {
  apply(schema, op) {
    const sequence = findObject(schema, 'sequence', op.sequence)
    return sequence === null ? schema : replaceObject(schema, sequence, { ...sequence, ...op.set })
  },
  invert(op, before) {
    const sequence = findObject(before, 'sequence', op.sequence)
    if (sequence === null) {
      return { irreversible: `What sequence ${tableTitle(op.sequence)} was like before is not known here.` }
    }
    const was = Object.keys(op.set).map((key) => [key, sequence[key as keyof SequenceSettings]])
    return [{ ...op, set: Object.fromEntries(was) }]
  },
  touches: (op) => touches({ requires: [objectRef('sequence', op.sequence), ...ownerRefs(op.set.ownedBy)] }),
  describe: (op) => `change ${Object.keys(op.set).join(', ')} of sequence ${tableTitle(op.sequence)}`,
  print: (op, printer) => printer.call('alterSequence', [printer.table(op.sequence), printer.data(op.set)]),
}

export const renameSequence: OpDefinition<'renameSequence'> = {
  apply(schema, op) {
    const sequence = findObject(schema, 'sequence', op.sequence)
    return sequence === null ? schema : replaceObject(schema, sequence, { ...sequence, name: op.name })
  },
  invert: (op) => [
    {
      kind: 'renameSequence',
      sequence: { namespace: op.sequence.namespace, name: op.name },
      name: op.sequence.name,
    },
  ],
  touches: (op) =>
    touches({
      requires: [objectRef('sequence', op.sequence)],
      provides: [objectRef('sequence', { namespace: op.sequence.namespace, name: op.name })],
      removes: [objectRef('sequence', op.sequence)],
    }),
  describe: (op) => `rename sequence ${tableTitle(op.sequence)} to "${op.name}"`,
  print: (op, printer) => printer.call('renameSequence', [printer.table(op.sequence), printer.text(op.name)]),
}

export const dropSequence: OpDefinition<'dropSequence'> = {
  apply: (schema, op) => withoutObjects(schema, [findObject(schema, 'sequence', op.sequence)]),
  invert(op, before) {
    const sequence = findObject(before, 'sequence', op.sequence)
    if (sequence !== null) return [{ kind: 'createSequence', sequence, ifNotExists: false }]
    if (op.ifExists) return []
    return { irreversible: `What sequence ${tableTitle(op.sequence)} was like is not known here.` }
  },
  touches: (op) =>
    touches({
      requires: op.ifExists ? [] : [objectRef('sequence', op.sequence)],
      removes: [objectRef('sequence', op.sequence)],
    }),
  describe: (op) => `drop sequence ${tableTitle(op.sequence)}`,
  print: (op, printer) =>
    printer.call('dropSequence', [printer.table(op.sequence)], op.ifExists ? { ifExists: true } : {}),
}
