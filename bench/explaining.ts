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
const mostAskingMs = 5
const askingRounds = 40
/** Rounds not counted: whatever answers many households has long been optimised. */
const warmUps = 20

/** How long does one household take against the whole pack, with every reason, once loaded? */
export async function benchExplaining(): Promise<Finding[]> {
  const { pack } = await loadPackFolder()
  const households = examples(pack)
  const race = (work: (household: HouseholdFacts) => unknown, rounds: number) =>
    inTurn(
      households.map(
        ([, household]) =>
          () =>
            work(household),
      ),
      rounds,
    )
  const explained = race((household) => explain(pack, household, on), rounds)
  const explaining = households.map(([name, { members }], i): Finding => {
    const ms = explained[i] ?? NaN
    return {
      question: `explain ${name}, ${members.length} members, ${pack.programmes.length} programmes`,
      value: `${ms.toFixed(3)} ms (median of ${rounds})`,
      limit: `≤ ${limitMs} ms`,
      holds: ms <= limitMs,
    }
  })
  const find = questionFinder(pack, on)
  const found = race(find, askingRounds)
  const asking = households.map(([name, household], i): Finding => {
    const ms = found[i] ?? NaN
    return {
      question: `next best question, ${name}, ${household.members.length} members`,
      value: `${ms.toFixed(2)} ms (median of ${askingRounds}), ${find(household).length} worth asking`,
      limit: `≤ ${mostAskingMs} ms`,
      holds: ms <= mostAskingMs,
    }
  })
  return [await compiling(), ...explaining, ...asking]
}

/** Median milliseconds of each of these, asked in turn, so that all find the machine as warm. */
function inTurn(works: readonly (() => unknown)[], rounds: number): number[] {
  const times = works.map((): number[] => [])
  for (let round = -warmUps; round < rounds; round++)
    works.forEach((work, i) => {
      const started = performance.now()
      work()
      if (round >= 0) times[i]?.push(performance.now() - started)
    })
  return times.map(median)
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
