// Exclude constraints, inside CREATE TABLE and as an operation of their own.

import type { Op } from '../../../ops/operations.ts'
import type { Exclusion } from '../../../schema/model.ts'
import { enclosed, quote } from '../literal.ts'
import { deferralText, includeText, settingsText } from './constraint.ts'
import { classText } from './index.ts'
import { alter, type Piece } from './piece.ts'

export function exclusionText(exclusion: Exclusion): string {
  const { name, elements, using, include, with: settings, where, deferrable } = exclusion
  const parts = elements.map(({ of, operator, operatorClass }) => {
    const what = 'column' in of ? quote(of.column) : enclosed(of.expression)
    return `${what}${operatorClass === null ? '' : ` ${classText(operatorClass)}`} WITH ${operator}`
  })
  const condition = where === null ? '' : ` WHERE ${enclosed(where)}`
  const method = `EXCLUDE USING ${quote(using)} (${parts.join(', ')})${includeText(include)}${settingsText(settings)}`
  return `CONSTRAINT ${quote(name)} ${method}${condition}${deferralText(deferrable)}`
}

export function createExcludeConstraint({ table, exclusion }: Op<'createExcludeConstraint'>): readonly Piece[] {
  return [alter(table, `ADD ${exclusionText(exclusion)}`)]
}
