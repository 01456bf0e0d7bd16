import { parse } from 'yaml'
import { join } from 'node:path'
import {
  type ColumnBatch,
  compileColumns,
  explain,
  type HouseholdFacts,
  type Pack,
  questionFinder,
} from '../rules/src/index.ts'
import { readHouseholdFacts } from '../server/src/features/policies/given-facts.ts'
import { readCases } from '../server/src/features/policies/case-files.ts'
import {
  loadPackFolder,
  packOf,
  readPackFiles,
  shippedPackFolder,
} from '../server/src/features/policies/pack-files.ts'
import { type Finding, median, timed } from './measure.ts'

const on = '2025-06-01'
const limitMs = 0.1
const rounds = 200
const askingRounds = 40

/** How long does one household take against the whole pack, with every reason, once loaded? */
export async function benchExplaining(): Promise<Finding[]> {
  const { pack } = await loadPackFolder()
  const findings: Finding[] = [await compiling()]
  for (const [name, household] of examples(pack)) {
    explain(pack, household, on)
    const times: number[] = []
    for (let round = 0; round < rounds; round++)
      times.push(await timed(() => explain(pack, household, on)))
    const ms = median(times)
    findings.push({
      question: `explain ${name}, ${household.members.length} members, ${pack.programmes.length} programmes`,
      value: `${ms.toFixed(3)} ms (median of ${rounds})`,
      limit: `≤ ${limitMs} ms`,
      holds: ms <= limitMs,
    })
  }
  return [...findings, ...(await asking(pack))]
}

const mostAskingMs = 5

/** How long does it take to find what to ask a household next, once the finder is made? */
async function asking(pack: Pack): Promise<Finding[]> {
  const find = questionFinder(pack, on)
  const findings: Finding[] = []
  for (const [name, household] of examples(pack)) {
    const times: number[] = []
    let questions = 0
    for (let round = 0; round < askingRounds; round++)
      times.push(await timed(() => (questions = find(household).length)))
    const ms = median(times)
    findings.push({
      question: `next best question, ${name}, ${household.members.length} members`,
      value: `${ms.toFixed(2)} ms (median of ${askingRounds}), ${questions} worth asking`,
      limit: `≤ ${mostAskingMs} ms`,
      holds: ms <= mostAskingMs,
    })
  }
  return findings
}

/** How long until a pack that was edited can answer? */
async function compiling(): Promise<Finding> {
  const files = await readPackFiles(shippedPackFolder)
  const [texts, compiled]: [number[], number[]] = [[], []]
  for (let round = 0; round < 7; round++) {
    texts.push(await timed(() => Object.values(files).forEach((text) => void parse(text))))
    compiled.push(
      await timed(() => {
        const made = packOf(files)
        if ('problems' in made) throw new Error('the shipped pack does not load')
        compileColumns(made, on).run(nobody)
      }),
    )
  }
  const [yaml, all] = [median(texts), median(compiled)]
  return {
    question: 'compile the whole pack: checked, lowered, loops made',
    value: `${(all - yaml).toFixed(0)} ms (median of 7), besides ${yaml.toFixed(0)} ms to parse its YAML`,
    limit: '≤ 500 ms',
    holds: all - yaml <= 500,
  }
}

/** A household of one about whom nothing is known. */
const nobody: ColumnBatch = {
  households: 1,
  persons: 1,
  offsets: Int32Array.of(0, 1),
  household: {},
  person: {},
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
