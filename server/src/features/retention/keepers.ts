import { platformProblems } from '../../platform/http/platform-problems.ts'
import { problem } from '../../platform/http/problem.ts'

/**
 * What is kept is looked after by staff of the whole district, not by those lent to a township; the database asks
 * the same in `auth.keeps_records`.
 *
 * @throws Problem `forbidden`
 */
export function refuseSeconded({ areaLevel }: Readonly<{ areaLevel: string }>): void {
  if (areaLevel !== 'district') throw problem(platformProblems, 'forbidden')
}
