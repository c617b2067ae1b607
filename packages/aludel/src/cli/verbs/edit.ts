// edit on the command line: opens the files in the person's editor.

import { spawnSync } from 'node:child_process'
import { edit as editCommand } from '../../commands/edit.ts'
import { AludelError } from '../../errors.ts'
import type { VerbContext } from '../context.ts'

export async function edit(context: VerbContext): Promise<number> {
  const result = await editCommand(await context.project(), { target: context.operands[0] ?? 'head' })
  if (context.json(result)) return 0
  const editor = context.environment.VISUAL || context.environment.EDITOR
  if (editor === undefined || editor === '') {
    throw new AludelError('no-editor', 'No editor is set.', {
      hint: `Set EDITOR, or open it yourself: ${result.files.join(' ')}`,
    })
  }
  const [program = editor, ...given] = editor.split(/\s+/)
  const done = spawnSync(program, [...given, ...result.files], { stdio: 'inherit' })
  if (done.status === 0) return 0
  const missing = (done.error as NodeJS.ErrnoException | undefined)?.code === 'ENOENT'
  const reason = missing
    ? 'was not found'
    : `ended with ${done.error?.message ?? done.signal ?? `exit code ${done.status}`}`
  throw new AludelError('editor-failed', `The editor "${editor}" ${reason}.`, {
    hint: `Set EDITOR, or open it yourself: ${result.files.join(' ')}`,
  })
}
