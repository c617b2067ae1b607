// An exclude constraint as the arguments of a call: its comparisons, and what it says besides.

import type { Exclusion } from '../schema/model.ts'
import type { Printer } from './printer.ts'

export function exclusionElements({ elements }: Exclusion, at: (column: string) => string, printer: Printer): string {
  const texts = elements.map(({ of, operator, operatorClass }) => {
    const what = 'column' in of ? at(of.column) : printer.sql(of.expression)
    const ending = operatorClass === null ? '' : `, ${printer.text(operatorClass)}`
    return `[${what}, ${printer.text(operator)}${ending}]`
  })
  return `[${texts.join(', ')}]`
}

export function exclusionOptions(exclusion: Exclusion, printer: Printer): Readonly<Record<string, unknown>> {
  const { using, include, with: settings, where, deferrable } = exclusion
  return {
    ...(using === 'gist' ? {} : { using }),
    ...(include.length === 0 ? {} : { include }),
    ...(Object.keys(settings).length === 0 ? {} : { with: settings }),
    ...(where === null ? {} : { where: { source: printer.sql(where) } }),
    ...(deferrable === null ? {} : { deferrable: true, initially: deferrable }),
  }
}
