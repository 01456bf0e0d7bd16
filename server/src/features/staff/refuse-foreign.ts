import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'

/** Before there is a session no token can prove whose page sends: the browser's own word must do. */
export function refuseForeign(headers: Record<string, unknown>): void {
  const site = headers['sec-fetch-site']
  if (site === 'cross-site' || site === 'same-site') throw problem(platformProblems, 'csrf-missing')
}
