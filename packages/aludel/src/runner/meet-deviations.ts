// What a run does about files that say something else than what ran.

import { type DeviationRequest, deviationsOf } from './deviations.ts'

export interface MeetingRequest extends Omit<DeviationRequest, 'rows'> {
  readonly edited: 'refuse' | 'accept' | 'ignore'
  readonly log: (message: string) => void
}

/** Refuses where files were changed after they ran; gives the statements that accept it, where that was asked. */
export async function meetDeviations(request: MeetingRequest, rows: readonly string[]): Promise<readonly string[]> {
  if (request.edited === 'ignore') return []
  const about = { ...request, rows }
  const deviations = await deviationsOf(about)
  if (deviations.edited.length + deviations.neverRan.length === 0) return []
  const [{ deviationFindings, editedRefusal }, { acceptance }] = await Promise.all([
    import('./deviation-findings.ts'),
    import('./edited.ts'),
  ])
  const findings = await deviationFindings(request.project, deviations)
  for (const { code, message, repair } of findings) if (code === 'never-ran') request.log(`${message} ${repair}`)
  if (deviations.edited.length === 0) return []
  if (request.edited === 'refuse') throw editedRefusal(findings)
  return acceptance(about, await request.session.session(), deviations.edited)
}
