// What a command said, written down so that a person can judge it.

import { expect } from 'vitest'
import type { Finding, PlanEntry } from '../../../src/commands/chain/finding.ts'
import type { FixChainResult } from '../../../src/commands/chain/fix-chain.ts'
import type { Failure, TestProject } from '../../cli/project.ts'

export type Told = Pick<FixChainResult, 'findings' | 'plan' | 'hidden' | 'impossible'> & Partial<FixChainResult>

export function section(name: string, body: string): string {
  return body === '' ? '' : `-- ${name} --\n${body}`
}

/** A file's path is long, and always the same at its beginning. */
export function short(text: string, folder: string): string {
  return text
    .replaceAll(`${folder}/`, '')
    .replaceAll('migrations/', '')
    .replace(/\b[0-9a-f]{12}(?= -- )/g, 'COMMIT')
}

export function findingsText(findings: readonly Finding[]): string {
  return findings
    .map(({ code, severity, files, revisions, message, repair, safe }) => {
      const about = [...files, ...(revisions.length === 0 ? [] : [`[${revisions.map(cut).join(', ')}]`])].join(' ')
      const mend = repair === null ? '  no repair\n' : `  ${safe ? 'repair' : 'to do'}: ${repair}\n`
      return `${severity} ${code}${about === '' ? '' : `: ${about}`}\n  ${message}\n${mend}`
    })
    .join('')
}

export function planText(plan: readonly PlanEntry[]): string {
  return plan
    .map(({ file, field, before, after }) => {
      if (field !== 'file') return `${file}: ${field} ${spelled(before)} -> ${spelled(after)}\n`
      if (after === null) return `remove ${file}\n`
      const lines = String(after).replace(/\n$/, '').split('\n')
      return `${before === null ? 'write' : 'rewrite'} ${file}\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n`
    })
    .join('')
}

export function hiddenText({ hidden, impossible }: Told): string {
  return Object.entries(hidden)
    .map(([stamp, revisions]) => {
      const why = impossible[stamp]
      return `${stamp}: ${revisions.join(', ')}${why === undefined ? '' : ` (no database is there: ${why})`}\n`
    })
    .join('')
}

function spelled(value: PlanEntry['before']): string {
  return cut(JSON.stringify(value).replaceAll('"', "'").replaceAll("','", "', '"))
}

function cut(text: string): string {
  return text.length > 120 ? `${text.slice(0, 100)}... (${text.length} characters)` : text
}

/** What a command says as JSON; of a refusal its code, and what it would have done. */
export async function answerTo(project: TestProject, command: string) {
  const { code, stdout } = await project.run(`${command} --json`)
  const document = JSON.parse(stdout) as Told & { readonly error?: Failure }
  const { error } = document
  if (error === undefined) return { code, told: document, refusal: null }
  const details = error.details as Partial<Told>
  const told: Told = { findings: [], plan: [], hidden: {}, impossible: {}, ...details, written: false }
  return { code, told, refusal: error.code }
}

const fixed = ['findings', 'plan', 'hidden', 'impossible', 'written', 'remaining', 'cannotRedo', 'refused']
const findingKeys = ['code', 'severity', 'files', 'revisions', 'message', 'repair', 'safe']

/** The shape that the manual promises to whoever reads the JSON. */
export function expectShape(told: Told, command: string): void {
  expect(Object.keys(told)).toEqual(command.startsWith('fix-chain') ? fixed : fixed.slice(0, 5))
  expect(told.written).toBe(false)
  for (const finding of [...told.findings, ...(told.remaining ?? [])]) {
    expect(Object.keys(finding)).toEqual(findingKeys)
    expect(finding.message).toMatch(/[.:?!]$/)
    for (const file of finding.files) expect(file).not.toMatch(/^\/|\\/)
  }
  for (const entry of told.plan) expect(Object.keys(entry)).toEqual(['file', 'field', 'before', 'after'])
  for (const stamp of Object.keys(told.impossible)) expect(told.hidden).toHaveProperty([stamp])
}
