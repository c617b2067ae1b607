// A finding as plain text, with its differences: for reports that have no colours.

import type { TestFinding } from './result.ts'

export function findingText({ code, message, difference, hint }: TestFinding): string {
  return [
    `${code}: ${message}`,
    ...difference.flatMap(({ expected, actual }) => [
      ...(expected === null ? [] : [`- ${expected}`]),
      ...(actual === null ? [] : [`+ ${actual}`]),
    ]),
    ...(hint === null ? [] : [`hint: ${hint}`]),
  ].join('\n')
}
