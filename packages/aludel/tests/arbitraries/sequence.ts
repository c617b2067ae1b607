// Random sequences where the engine has them: made, renamed and dropped.

import type { Op } from '../../src/ops/operations.ts'
import { usualStart } from '../../src/ops/sequences.ts'
import type { Schema, TableName } from '../../src/schema/model.ts'
import type { Sequence } from '../../src/schema/object-model.ts'
import type { Maker } from './maker.ts'

export function createSequence(maker: Maker): Op | null {
  if (!maker.possible.sequences) return null
  const bounds = {
    increment: maker.oneOf([1, -1, 5n]),
    minValue: maker.oneOf([null, -100]),
    maxValue: maker.oneOf([null, 1000, 9007199254740993n]),
  }
  const sequence: Sequence = {
    kind: 'sequence',
    type: null,
    namespace: null,
    name: maker.object('sequence '),
    ...bounds,
    start: maker.oneOf([usualStart(bounds), bounds.increment < 0 ? -7 : 7]),
    cache: maker.oneOf([null, 20]),
    cycle: maker.chance(30),
    ownedBy: null,
  }
  return { kind: 'createSequence', sequence, ifNotExists: maker.chance(20) }
}

function oneOf(maker: Maker, schema: Schema): TableName | null {
  const all = schema.objects.filter(({ kind }) => kind === 'sequence')
  if (all.length === 0) return null
  const { namespace, name } = maker.oneOf(all)
  return { namespace, name }
}

export function renameSequence(maker: Maker, schema: Schema): Op | null {
  const sequence = oneOf(maker, schema)
  return sequence === null ? null : { kind: 'renameSequence', sequence, name: maker.object('renamed sequence ') }
}

export function dropSequence(maker: Maker, schema: Schema): Op | null {
  const sequence = oneOf(maker, schema)
  return sequence === null ? null : { kind: 'dropSequence', sequence, ifExists: maker.chance(20) }
}
