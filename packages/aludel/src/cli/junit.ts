// A test's result as JUnit's XML: a testcase for each revision and each check of the chain.

import { findingText } from '../commands/test/finding-text.ts'
import type { ChainCheck, RevisionResult, TestFinding, TestResult } from '../commands/test/result.ts'

export function junitText({ revisions, checks, server, durationMs }: TestResult): string {
  const cases = [...revisions.map(revisionCase), ...checks.map(checkCase)]
  const all = [...revisions, ...checks]
  const failures = all.filter(({ findings }) => findings.some(isError)).length
  const skipped = [...revisions.filter(isSkipped), ...checks.filter(({ outcome }) => outcome === 'skipped')].length
  const counts = attributes({ tests: all.length, failures, errors: 0, skipped, time: seconds(durationMs) })
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites${attributes({ name: 'aludel test' })}${counts}>`,
    `  <testsuite${attributes({ name: `revisions on ${server}` })}${counts}>`,
    ...cases.flat().map((line) => `    ${line}`),
    '  </testsuite>',
    '</testsuites>',
  ].join('\n')
}

function isError({ severity }: TestFinding): boolean {
  return severity === 'error'
}

/** True of a revision that was not even applied. */
function isSkipped({ upgrade }: RevisionResult): boolean {
  return upgrade === 'skipped'
}

function revisionCase(result: RevisionResult): readonly string[] {
  const { revision, message, path, notes, findings, durationMs } = result
  const name = `${revision} ${message}`.trim()
  return testCase(attributes({ classname: 'revisions', name, file: path, time: seconds(durationMs) }), {
    findings,
    notes,
    skipped: isSkipped(result) ? (notes[0] ?? '') : null,
  })
}

function checkCase({ name, outcome, note, findings }: ChainCheck): readonly string[] {
  return testCase(attributes({ classname: 'chain', name, time: seconds(0) }), {
    findings,
    notes: [],
    skipped: outcome === 'skipped' ? (note ?? '') : null,
  })
}

interface Content {
  readonly findings: readonly TestFinding[]
  readonly notes: readonly string[]
  /** Why it was skipped; null where it was not. */
  readonly skipped: string | null
}

function testCase(head: string, { findings, notes, skipped }: Content): readonly string[] {
  const told = [...notes, ...findings.filter((one) => !isError(one)).map(findingText)]
  const lines = [
    ...(skipped === null ? [] : [`  <skipped${attributes({ message: skipped })}/>`]),
    ...findings.filter(isError).map(failure),
    ...(told.length === 0 ? [] : [`  <system-out>${escaped(told.join('\n'))}</system-out>`]),
  ]
  return lines.length === 0 ? [`<testcase${head}/>`] : [`<testcase${head}>`, ...lines, '</testcase>']
}

function failure(finding: TestFinding): string {
  const { code, message } = finding
  return `  <failure${attributes({ type: code, message })}>${escaped(findingText(finding))}</failure>`
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3)
}

function attributes(values: Readonly<Record<string, string | number>>): string {
  return Object.entries(values)
    .map(([name, value]) => ` ${name}="${escaped(String(value))}"`)
    .join('')
}

// XML 1.0 has no place for most control characters, escaped or not.
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters that must go.
const unwritable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g

function escaped(text: string): string {
  return text
    .replace(unwritable, '\ufffd')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll('\n', '&#10;')
}
