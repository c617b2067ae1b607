// Colour, where a terminal shows it.

import { createRequire } from 'node:module'

export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

const same = (text: string) => text
const plain: Style = { bold: same, dim: same, red: same, green: same, yellow: same, cyan: same }

export function styleFor(terminal: boolean, environment: Readonly<Record<string, string | undefined>>): Style {
  const wanted =
    environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0'
      ? true
      : terminal && environment.TERM !== 'dumb'
  if (!wanted || environment.NO_COLOR !== undefined) return plain
  const picocolors = createRequire(import.meta.url)('picocolors') as { createColors(enabled: boolean): Style }
  return picocolors.createColors(true)
}
