// init: the files that a project needs, and never one over another.

import { existsSync } from 'node:fs'
import { basename, join, resolve } from 'node:path'
import { AludelError } from '../errors.ts'
import { pathFrom } from '../project/script-places.ts'
import { writeFile } from '../project/write.ts'
import { findTemplate, templates } from './templates.ts'

export interface InitOptions {
  /** The folder of migrations, relative to `cwd`. */
  readonly directory?: string
  readonly template?: string
}

export interface InitResult {
  /** Paths relative to `cwd`, in the order in which they were written. */
  readonly created: readonly string[]
  /** Paths that were there already and were left as they are. */
  readonly kept: readonly string[]
}

export interface TemplateResult {
  readonly templates: readonly { readonly name: string; readonly description: string }[]
}

export async function listTemplates(): Promise<TemplateResult> {
  return { templates: templates.map(({ name, description }) => ({ name, description })) }
}

/** Makes config, folder, template and a README of the runbook under `cwd`. */
export async function init(cwd: string, options: InitOptions): Promise<InitResult> {
  const template = findTemplate(options.template ?? 'typescript')
  if (template === null) {
    throw new AludelError('unknown-template', `There is no template "${options.template}".`, {
      hint: `There are: ${templates.map(({ name }) => name).join(', ')}.`,
    })
  }
  const folder = resolve(cwd, options.directory ?? 'migrations')
  const at = pathFrom(cwd, folder)
  const files = template.files(at === '' ? '.' : at.startsWith('..') ? folder : `./${at}`)
  const places = Object.entries(files).map(([name, text]) => ({
    file: name.startsWith('migrations/') ? join(folder, name.slice('migrations/'.length)) : join(cwd, name),
    text,
  }))
  const shown = (file: string) => pathFrom(cwd, file)
  const [created, kept]: [string[], string[]] = [[], []]
  for (const { file, text } of places) {
    const there = basename(file).startsWith('aludel.config.') ? configIn(cwd) : existsSync(file) ? file : null
    if (there !== null) kept.push(shown(there))
    else {
      writeFile(file, text)
      created.push(shown(file))
    }
  }
  return { created, kept }
}

/** A config file of any kind: two of them in one folder would be one too many. */
function configIn(cwd: string): string | null {
  const names = ['ts', 'mts', 'js', 'mjs', 'cjs', 'json'].map((ending) => `aludel.config.${ending}`)
  return names.map((name) => join(cwd, name)).find((file) => existsSync(file)) ?? null
}
