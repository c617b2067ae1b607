// Colour, where a terminal shows it.

import picocolors from 'picocolors'

export interface Style {
  bold(text: string): string
  dim(text: string): string
  red(text: string): string
  green(text: string): string
  yellow(text: string): string
  cyan(text: string): string
}

export function styleFor(terminal: boolean, environment: Readonly<Record<string, string | undefined>>): Style {
  const wanted =
    environment.FORCE_COLOR !== undefined && environment.FORCE_COLOR !== '0'
      ? true
      : terminal && environment.TERM !== 'dumb'
  return picocolors.createColors(wanted && environment.NO_COLOR === undefined)
}
