// Constraints that rows from before them need not fulfil: whether one is such, and made so or no more.

import type { Check, ForeignKey, Table } from '../schema/model.ts'
import { unlessPlain } from '../schema/postgres-model.ts'
import type { FoundConstraint } from './parts.ts'

export function isNotValid(found: FoundConstraint): boolean {
  return (found.type === 'check' || found.type === 'foreignKey') && (found.value.postgres?.notValid ?? false)
}

export function withValidity(table: Table, name: string, notValid: boolean): Table {
  return {
    ...table,
    checks: table.checks.map((one) => (one.name === name ? checkOf(one, notValid) : one)),
    foreignKeys: table.foreignKeys.map((one) => (one.name === name ? foreignKeyOf(one, notValid) : one)),
  }
}

function checkOf(check: Check, notValid: boolean): Check {
  const plain = { notValid: false, noInherit: false }
  return { ...check, postgres: unlessPlain({ ...plain, ...check.postgres, notValid }, plain) }
}

function foreignKeyOf(key: ForeignKey, notValid: boolean): ForeignKey {
  const plain = { notValid: false, setColumns: [] as readonly string[] }
  return { ...key, postgres: unlessPlain({ ...plain, ...key.postgres, notValid }, plain) }
}
