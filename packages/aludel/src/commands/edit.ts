// edit: which files an editor is to open. Opening it is the command line's business.

import { AludelError } from '../errors.ts'
import { loadScripts } from '../project/scripts.ts'
import { resolve } from '../revisions/target.ts'
import type { Command } from './command.ts'
import { databaseRows } from './database-rows.ts'
import { scriptsOf } from './revision-json.ts'

export interface EditResult {
  readonly files: readonly string[]
}

export const edit: Command<{ readonly target: string }, EditResult> = async (project, { target }) => {
  const { graph } = loadScripts(project)
  const current = /(?:^|@)(?:current|[-+]\d)/.test(target) ? await databaseRows(project) : null
  const files = scriptsOf(graph, resolve(graph, target, { current })).map((script) => script.file)
  if (files.length === 0)
    throw new AludelError('no-file', `"${target}" names no revision file.`, {
      hint: '`aludel history` lists the revisions.',
    })
  return { files }
}
