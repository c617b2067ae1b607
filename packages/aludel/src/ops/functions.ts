// createFunction, dropFunction and the same for procedures and aggregates: each is given as its whole text.

import { tableTitle } from '../schema/lookup.ts'
import { findFunctions, replaceObject, withObject, withoutObjects } from '../schema/objects.ts'
import { type OpDefinition, objectRef, tableRef, touches } from './definition.ts'
import type { Op } from './operations.ts'

// Functions of one name are one object here: what calls them names them without their arguments.
function dropOf({ function: made }: Op<'createFunction'>): Op<'dropFunction'> {
  const { namespace, name } = made
  const { routine, arguments: given } = made
  return { kind: 'dropFunction', function: { namespace, name }, routine, arguments: given, ifExists: false }
}

/** The text of a function that takes the place of the one there is. */
export function replacing(text: string): string {
  return text.replace(/^CREATE(?!\s+OR\s+REPLACE\b)\b/i, 'CREATE OR REPLACE')
}

const calls = {
  function: { create: 'createFunction', drop: 'dropFunction' },
  procedure: { create: 'createProcedure', drop: 'dropProcedure' },
  aggregate: { create: 'createAggregate', drop: 'dropAggregate' },
}

export const createFunction: OpDefinition<'createFunction'> = {
  apply(schema, { function: made, orReplace }) {
    const there = findFunctions(schema, made, null).find((one) => one.arguments === made.arguments)
    if (there === undefined) return withObject(schema, made)
    return orReplace ? replaceObject(schema, there, made) : schema
  },
  invert(op, before) {
    const { function: made, orReplace } = op
    if (!orReplace) return [dropOf(op)]
    const there = findFunctions(before, made, null).find((one) => one.arguments === made.arguments)
    if (there !== undefined) return [{ kind: 'createFunction', function: there, orReplace: true }]
    return { irreversible: `Whether there was a function ${tableTitle(made)} before, and which, is not known here.` }
  },
  touches: ({ function: made }) =>
    touches({ requires: made.dependsOn.map(tableRef), provides: [objectRef('function', made)] }),
  describe: (op) => `create ${op.function.routine} ${tableTitle(op.function)}`,
  print: ({ function: made, orReplace }, printer) =>
    printer.call(calls[made.routine].create, [printer.table(made), printer.engineSql(made.text)], {
      ...(made.arguments === null ? {} : { arguments: made.arguments }),
      ...(orReplace ? { orReplace } : {}),
      ...printer.dependsOn(made.dependsOn),
    }),
}

export const dropFunction: OpDefinition<'dropFunction'> = {
  apply: (schema, op) => withoutObjects(schema, findFunctions(schema, op.function, op.arguments)),
  invert(op, before) {
    const known = findFunctions(before, op.function, op.arguments)
    if (known.length > 0) return known.map((made) => ({ kind: 'createFunction', function: made, orReplace: false }))
    if (op.ifExists) return []
    return { irreversible: `Which text function ${tableTitle(op.function)} had is not known here.` }
  },
  touches: (op) =>
    touches({
      requires: op.ifExists ? [] : [objectRef('function', op.function)],
      removes: [objectRef('function', op.function)],
    }),
  describe: (op) => `drop ${op.routine} ${tableTitle(op.function)}`,
  print: (op, printer) =>
    printer.call(calls[op.routine].drop, [printer.table(op.function)], {
      ...(op.arguments === null ? {} : { arguments: op.arguments }),
      ...(op.ifExists ? { ifExists: true } : {}),
    }),
}
