// What every format of data file gives: a row with its columns' names and the place of each value.

import type { AludelError } from '../../errors.ts'
import type { Place } from './window.ts'

/** A value as its file has it: CSV knows texts and NULL, JSON everything that it can write. */
export type Cell = string | number | boolean | null | object

export interface DataRow {
  readonly names: readonly string[]
  readonly cells: readonly Cell[]
  /** Where the cell of this number stands. */
  place(at: number): Place
}

/** The refusal for something wrong at a place. What it says holds no value of the file. */
export type Fail = (place: Place, why: string) => AludelError

/** The names themselves, where each is there once and none is empty. */
export function oneOfEach(names: readonly string[], fail: (at: number, why: string) => AludelError): readonly string[] {
  for (const [at, name] of names.entries()) {
    if (name === '') throw fail(at, 'the first line names the columns, and here is a name that is empty')
    if (names.indexOf(name) < at) throw fail(at, `the first line names column "${name}" twice`)
  }
  return names
}
