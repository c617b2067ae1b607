// doctor and fix-chain on the command line.

import type { ChainResult, Finding, PlanEntry } from '../../commands/chain/finding.ts'
import { AludelError } from '../../errors.ts'
import type { VerbContext } from '../context.ts'
import { type Annotation, type Format, formatOf, toldAs } from '../formats.ts'
import { plural } from '../text.ts'

interface CommonChainOptions {
  readonly format?: string
  readonly shared?: readonly string[]
}

interface DoctorOptions extends CommonChainOptions {
  readonly mergeWith?: string
  readonly filesOnly?: boolean
}

interface FixOptions extends CommonChainOptions {
  readonly fix?: boolean
  readonly dryRun?: boolean
  readonly reparent?: boolean
  readonly acceptHidden?: boolean
  readonly undo?: boolean
}

export async function doctor(context: VerbContext<DoctorOptions>): Promise<number> {
  const format = formatOf(context.options)
  const { mergeWith, shared, filesOnly } = context.options
  const { doctor: examine } = await import('../../commands/chain/doctor.ts')
  const result = await examine(await context.project(), {
    ...(shared === undefined ? {} : { shared }),
    ...(mergeWith === undefined ? {} : { mergeWith }),
    ...(filesOnly === undefined ? {} : { askDatabase: !filesOnly }),
  })
  if (result.ignored > 0)
    context.note(
      `${context.errorStyle.dim('left out as the configuration says:')} ${plural(result.ignored, 'warning')}`,
    )
  if (result.notAsked !== null) context.note(`${context.errorStyle.dim('not asked:')} ${result.notAsked}`)
  const { notAsked: _, database: __, ignored: ___, ...document } = result
  if (told(context, format, document)) return codeOf(result.findings)
  const where = result.database === null ? 'The chain of revisions' : `The chain of revisions and ${result.database}`
  if (result.findings.length === 0) context.print(`${where}: nothing is wrong.`)
  else {
    printFindings(context, result.findings)
    context.print('')
    const mends = result.plan.length === 0 ? '' : ` \`${context.name} fix-chain\` shows what it can mend.`
    context.print(`${plural(result.findings.length, 'finding')}.${mends}`)
  }
  return codeOf(result.findings)
}

export async function fixChain(context: VerbContext<FixOptions>): Promise<number> {
  const format = formatOf(context.options)
  const project = await context.project()
  const verb = await import('../../commands/chain/fix-chain.ts')
  const { fix, dryRun, reparent, acceptHidden, shared, undo } = context.options
  if (fix && dryRun) throw new AludelError('usage', '--fix writes and --dry-run does not: give one of them.')
  if (undo) {
    const { files } = await verb.undoFixChain(project, {})
    if (!context.json({ files })) for (const file of files) context.print(`put back ${file}`)
    return 0
  }
  const result = await verb.fixChain(project, {
    ...(fix === undefined ? {} : { fix }),
    ...(reparent === undefined ? {} : { reparent }),
    ...(acceptHidden === undefined ? {} : { acceptHidden }),
    ...(shared === undefined ? {} : { shared }),
  })
  const left = result.written ? result.remaining : result.findings
  if (told(context, format, result)) return codeOf(left)
  if (result.findings.length === 0 && result.plan.length === 0) {
    context.print('Nothing is wrong with the chain of revisions.')
    return 0
  }
  printFindings(context, result.findings)
  printPlan(context, result.plan)
  printHidden(context, result)
  for (const sentence of result.cannotRedo) context.print(`${context.style.red('cannot be done again:')} ${sentence}`)
  context.print('')
  context.print(summary(context, result))
  if (result.written && left.length > 0) {
    context.print('Still wrong:')
    printFindings(context, left)
  }
  return codeOf(left)
}

interface Told extends ChainResult {
  readonly remaining: readonly Finding[]
  readonly refused: boolean
}

function summary({ name, options }: VerbContext<FixOptions>, result: Told): string {
  const permission = result.findings.some(({ safe, repair }) => !safe && repair?.includes('--reparent'))
  if (result.written) {
    return `Mended in ${plural(new Set(result.plan.map(({ file }) => file)).size, 'file')}; \`${name} fix-chain --undo\` takes it back.`
  }
  if (result.plan.length === 0) {
    const hint = permission && !options.reparent ? ' What would change published parents needs --reparent.' : ''
    return `${plural(result.findings.length, 'finding')}, and nothing that can be mended without asking.${hint}`
  }
  if (result.refused) return 'Nothing was written, and --fix will refuse this plan without --accept-hidden.'
  return `Nothing was written. \`${name} fix-chain${options.reparent ? ' --reparent' : ''} --fix\` writes it.`
}

/** A finding is what a check found. */
function codeOf(findings: readonly Finding[]): number {
  return findings.length === 0 ? 0 : 3
}

/** True where the answer was not wanted as text. */
function told(context: VerbContext<unknown>, format: Format, result: ChainResult): boolean {
  return toldAs(context, format, result, () => result.findings.map(annotationOf))
}

function annotationOf({ code, severity, files, message, repair }: Finding): Annotation {
  const text = repair === null ? message : `${message} ${repair}`
  return { severity, title: code, file: files[0] ?? null, message: text }
}

function printFindings({ print, style }: VerbContext<unknown>, findings: readonly Finding[]): void {
  for (const { code, severity, message, repair, safe } of findings) {
    const colour = severity === 'error' ? style.red : style.yellow
    print(`${colour(severity)} ${style.bold(code)}: ${message}`)
    if (repair !== null) print(`  ${safe ? style.green('repair:') : style.yellow('to do:')} ${repair}`)
  }
}

function printPlan({ print, style }: VerbContext<unknown>, plan: readonly PlanEntry[]): void {
  if (plan.length === 0) return
  print('')
  print('Plan:')
  for (const { file, field, before, after } of plan) {
    if (field === 'file') {
      const what =
        before === null ? style.green('write') : after === null ? style.red('remove') : style.yellow('rewrite')
      print(`  ${what} ${file}${before === null ? firstLine(after) : ''}`)
    } else {
      print(`  ${file}: ${field} ${style.red(spelled(before))} -> ${style.green(spelled(after))}`)
    }
  }
}

function firstLine(text: PlanEntry['after']): string {
  const line = typeof text === 'string' ? (/\/\*\*\s*\*?\s*([^*\n]+)/.exec(text)?.[1] ?? '') : ''
  return line === '' ? '' : ` (${line.trim()})`
}

function spelled(value: PlanEntry['before']): string {
  if (value === null) return 'null'
  if (typeof value === 'number') return String(value)
  return typeof value === 'string' ? `'${value}'` : `[${value.map((one) => `'${one}'`).join(', ')}]`
}

function printHidden({ print, style }: VerbContext<unknown>, { hidden, impossible }: ChainResult): void {
  const stamps = Object.entries(hidden)
  if (stamps.length === 0) return
  print('')
  print('A database at one of these revisions would never run what is named beside it:')
  for (const [stamp, revisions] of stamps) {
    const why = impossible[stamp]
    const told = `${stamp}: ${revisions.join(', ')}`
    print(
      why === undefined ? `  ${style.red(told)}` : `  ${style.dim(`${told} (no database is there by itself: ${why})`)}`,
    )
  }
}
