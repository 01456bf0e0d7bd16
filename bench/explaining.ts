import { join } from 'node:path'
import { explain, type HouseholdFacts, type Pack } from '../rules/src/index.ts'
import { readHouseholdFacts } from '../server/src/features/policies/given-facts.ts'
import { readCases } from '../server/src/features/policies/case-files.ts'
import { loadPackFolder, shippedPackFolder } from '../server/src/features/policies/pack-files.ts'
import { type Finding, median, timed } from './measure.ts'

const on = '2025-06-01'
const limitMs = 2
const rounds = 200

/** How long does one household take against the whole pack, with every reason, once loaded? */
export async function benchExplaining(): Promise<Finding[]> {
  const { pack } = await loadPackFolder()
  const findings: Finding[] = []
  for (const [name, household] of examples(pack)) {
    explain(pack, household, on)
    const times: number[] = []
    for (let round = 0; round < rounds; round++)
      times.push(await timed(() => explain(pack, household, on)))
    const ms = median(times)
    findings.push({
      question: `explain ${name}, ${household.members.length} members, ${pack.programmes.length} programmes`,
      value: `${ms.toFixed(2)} ms (median of ${rounds})`,
      limit: `≤ ${limitMs} ms`,
      holds: ms <= limitMs,
    })
  }
  return findings
}

/** The ordinary households of the policy cases, each also as one whom nobody has visited. */
function examples(pack: Pack): [string, HouseholdFacts][] {
  const given = readCases(join(shippedPackFolder, 'cases')).examples
  return Object.entries(given).flatMap(([name, { household = {}, members }]) => {
    const days = <T extends object>(facts: T): T =>
      Object.fromEntries(
        Object.entries(facts).map(([key, value]) => [
          key,
          value instanceof Date ? value.toISOString().slice(0, 10) : value,
        ]),
      ) as T
    const known = readHouseholdFacts(pack, {
      household: days(household),
      members: members.map(days),
    })
    const unvisited: HouseholdFacts = {
      household: {},
      members: known.members.map(({ id, facts }) => ({
        id,
        facts: facts['birth_date'] ? { birth_date: facts['birth_date'] } : {},
      })),
    }
    return [
      [name, known],
      [`${name}（未走访）`, unvisited],
    ]
  })
}
