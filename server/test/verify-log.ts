import { readLog } from '../src/features/audit/log.ts'
import { type Finding, makeVerifier } from '../src/features/audit/verify.ts'
import { asActor } from '../src/platform/db/actor.ts'
import type { Database } from '../src/platform/db/database.ts'

/** What `qiao audit verify` finds wrong with the log. @param token of an audit administrator */
export async function verifyLog(app: Database, token: string): Promise<readonly Finding[]> {
  const findings: Finding[] = []
  const verifier = makeVerifier((finding) => findings.push(finding))
  await asActor(app, token, async (tx) => {
    for await (const line of readLog(tx)) {
      if ('entry' in line) verifier.entry(line.entry)
      else if ('seal' in line) verifier.seal(line.seal)
    }
  })
  verifier.end()
  return findings
}
