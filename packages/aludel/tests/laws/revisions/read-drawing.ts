// Reads a drawing of a graph back, as an eye does: from each star down along the strokes.

import type { GraphRow } from '../../../src/revisions/drawing.ts'

interface Line {
  readonly text: string
  /** The revision whose star stands here. */
  readonly id: string | null
}

/** Where a line enters a row of text, and how it came. */
interface Point {
  readonly row: number
  readonly column: number
  readonly came: '|' | '/' | '\\'
}

/** By revision, in the order drawn: those that its lines lead to, sorted. */
export function readDrawing(rows: readonly GraphRow[]): ReadonlyMap<string, readonly string[]> {
  const lines = rows.flatMap(({ id, node, edges }): readonly Line[] => [
    { text: node, id },
    ...edges.map((text) => ({ text, id: null })),
  ])
  const found = new Map<string, readonly string[]>()
  for (const [row, { text, id }] of lines.entries()) {
    if (id !== null) found.set(id, reached(lines, { row: row + 1, column: text.indexOf('*'), came: '|' }))
  }
  return found
}

function reached(lines: readonly Line[], start: Point): readonly string[] {
  const found = new Set<string>()
  const open = [start]
  for (let point = open.pop(); point !== undefined; point = open.pop()) {
    const { row, column } = point
    const line = lines[row]
    if (line?.id != null && line.text[column] === '*') {
      found.add(line.id)
      continue
    }
    const next = exits(lines, point)
    if (next.length === 0 && point !== start) throw new Error(`A line ends in the air in row ${row}, column ${column}.`)
    open.push(...next)
  }
  return [...found].sort()
}

function exits(lines: readonly Line[], { row, column, came }: Point): readonly Point[] {
  const at = (line: number, place: number) => lines[line]?.text[place] ?? ' '
  const strokes = (['/', '\\'] as const).filter((stroke) => at(row, column + side(stroke)) === stroke)
  // A line goes straight on where it can.
  if (came !== '|' && strokes.includes(came)) return [along(lines, row, column, came)]
  const bar: readonly Point[] = at(row, column) === '|' ? [{ row: row + 1, column, came: '|' }] : []
  const straight = (stroke: '/' | '\\') => [stroke, '_'].includes(at(row - 1, column - side(stroke)))
  const own = strokes.filter((stroke) => !straight(stroke)).map((stroke) => along(lines, row, column, stroke))
  if (bar.length + own.length > 0) return [...bar, ...own]
  return strokes.map((stroke) => along(lines, row, column, stroke))
}

const side = (stroke: '/' | '\\') => (stroke === '/' ? -1 : 1)

/** Down a stroke, and level along the foot of its row. */
function along(lines: readonly Line[], row: number, column: number, stroke: '/' | '\\'): Point {
  const step = 2 * side(stroke)
  let foot = column + step
  while (lines[row]?.text[foot + step / 2] === '_') foot += step
  return { row: row + 1, column: foot, came: stroke }
}
