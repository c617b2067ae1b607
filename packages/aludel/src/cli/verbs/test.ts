// test on the command line: a line for each revision, then what was found; or JUnit's XML, or JSON.

import { writeFileSync } from 'node:fs'
import { resolve } from 'node:path'
import type { ChainCheck, Outcome, RevisionResult, TestFinding, TestResult } from '../../commands/test/result.ts'
import type { Shard } from '../../commands/test/selection.ts'
import { type TestEvent, test as testCommand } from '../../commands/test/test.ts'
import { AludelError } from '../../errors.ts'
import { didYouMean } from '../../revisions/nearest.ts'
import type { VerbContext } from '../context.ts'
import { interruptible } from '../interrupt.ts'
import { jsonText } from '../json.ts'
import { junitText } from '../junit.ts'
import { plural } from '../text.ts'

interface TestFlags {
  readonly since?: string
  readonly dev?: string
  readonly shard?: string
  readonly noSamples?: boolean
  readonly strict?: boolean
  readonly format?: string
  readonly output?: string
}

type Context = VerbContext<TestFlags>

const formats = ['text', 'junit', 'json'] as const
type Format = (typeof formats)[number]

export async function test(context: Context): Promise<number> {
  const { since, dev, shard, noSamples, output, strict = false } = context.options
  const format = formatOf(context)
  const options = {
    targets: context.operands,
    ...(since === undefined ? {} : { since }),
    ...(dev === undefined ? {} : { dev }),
    ...(shard === undefined ? {} : { shard: shardOf(shard) }),
    samples: noSamples !== true,
    progress: (event: TestEvent) => tell(context, event),
    log: (message: string) => {
      if (context.options.verbose) context.note(message)
    },
  }
  const project = await context.project()
  const result = await interruptible((signal) => testCommand(project, { ...options, signal }))
  const document = format === 'junit' ? junitText(result) : jsonText(result)
  if (output !== undefined) writeFileSync(resolve(context.cwd, output), `${document.trimEnd()}\n`)
  if (format === 'text' || (output !== undefined && !context.options.json)) printText(context, result)
  else context.script(document)
  return result.findings.some(({ severity }) => strict || severity === 'error') ? 3 : 0
}

function formatOf({ options: { format, json, output } }: Context): Format {
  const wanted = format ?? (json === true ? 'json' : 'text')
  const known = formats.find((one) => one === wanted)
  const problem =
    known === undefined
      ? `There is no format "${wanted}".`
      : json === true && known !== 'json'
        ? `--json and --format ${known} ask for different answers.`
        : output !== undefined && known === 'text'
          ? '--output writes junit or json, and --format says neither.'
          : null
  if (known !== undefined && problem === null) return known
  throw new AludelError('usage', problem ?? '', {
    hint: didYouMean(wanted, formats) ?? `The formats are ${formats.join(', ')}.`,
  })
}

function shardOf(text: string): Shard {
  const [, part, of] = /^(\d+)\/(\d+)$/.exec(text) ?? []
  if (part !== undefined && of !== undefined) return { part: Number(part), of: Number(of) }
  throw new AludelError('usage', `--shard takes a part of several, as in 1/4, not "${text}".`)
}

function tell(context: Context, event: TestEvent): void {
  if (context.options.events) {
    context.warn(JSON.stringify(event))
    return
  }
  if (context.options.json || event.kind === 'test-started') return
  const { errorStyle: style } = context
  const { revision, message, durationMs, findings } = event.result
  const failed = findings.some(({ severity }) => severity === 'error')
  const word = failed ? style.red('failed') : style.green('tested')
  const count = style.dim(`${event.position}/${event.total}`)
  context.note(`${word} ${count} ${style.yellow(revision)} ${message} ${style.dim(`${durationMs} ms`)}`)
}

const titles = ['revision', 'up', 'down', 'up again', 'rows']

function printText(context: Context, result: TestResult): void {
  const { style } = context
  if (result.revisions.length > 0) {
    const table = result.revisions.map((one) => cellsOf(one))
    const widths = titles.map((title, at) => Math.max(title.length, ...table.map((cells) => cells[at]?.length ?? 0)))
    const line = (cells: readonly string[]) => cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join('  ')
    context.print(style.bold(`${line(titles)}  message`))
    for (const [at, { message, durationMs }] of result.revisions.entries()) {
      const told = coloured(line(table[at] ?? []), style)
      context.print(`${told}  ${message === '' ? '' : `${message} `}${style.dim(`${durationMs} ms`)}`)
    }
  }
  for (const check of result.checks) context.print(checkLine(check, context))
  for (const { revision, notes } of result.revisions) {
    for (const note of notes) context.print(`${style.dim('note')} ${revision}: ${note}`)
  }
  for (const finding of result.findings) printFinding(context, finding)
  context.print(summaryOf(result))
}

function cellsOf({ revision, upgrade, downgrade, again, rows, rowCount }: RevisionResult): readonly string[] {
  const rowsCell = rows === 'skipped' ? '-' : `${words[rows]} (${rowCount})`
  return [revision, words[upgrade], words[downgrade], words[again], rowsCell]
}

const words: Readonly<Record<Outcome, string>> = { passed: 'ok', warned: 'warning', failed: 'FAILED', skipped: '-' }

function coloured(line: string, style: Context['style']): string {
  return line
    .replace(/\bok\b/g, (word) => style.green(word))
    .replace(/\bwarning\b/g, (word) => style.yellow(word))
    .replace(/\bFAILED\b/g, (word) => style.red(word))
}

function checkLine({ name, outcome, note }: ChainCheck, { style }: Context): string {
  return `${coloured(words[outcome], style)}  ${name}${note === null ? '' : style.dim(` (${note})`)}`
}

function printFinding({ print, style }: Context, finding: TestFinding): void {
  const { code, severity, revision, file, message, difference, hint } = finding
  const colour = severity === 'error' ? style.red : style.yellow
  print('')
  print(`${colour(severity)} ${style.bold(code)}${revision === null ? '' : ` ${revision} (${file})`}`)
  print(`  ${message}`)
  if (difference.length > 0) print(`  ${style.dim('- expected, + is')}`)
  for (const { expected, actual } of difference) {
    if (expected !== null) print(`  ${style.red(`- ${expected}`)}`)
    if (actual !== null) print(`  ${style.green(`+ ${actual}`)}`)
  }
  if (hint !== null) print(`  ${style.cyan('hint:')} ${hint}`)
}

function summaryOf({ revisions, findings, server, durationMs }: TestResult): string {
  const tested = `${plural(revisions.length, 'revision')} on ${server} in ${durationMs} ms`
  if (findings.length === 0) return `Tested ${tested}: nothing is wrong.`
  const errors = findings.filter(({ severity }) => severity === 'error').length
  const warnings = findings.length - errors
  const counts = [
    ...(errors === 0 ? [] : [plural(errors, 'error')]),
    ...(warnings === 0 ? [] : [plural(warnings, 'warning')]),
  ]
  return `\nTested ${tested}: ${counts.join(' and ')}.`
}
