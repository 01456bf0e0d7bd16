import { expect, test } from 'vitest'
import { engineVersion } from '../src/version.ts'
import {
  answerLine,
  corpusHouseholds,
  corpusPack,
  keepCorpus,
  keptCorpus,
} from './corpus/corpus.ts'
import { expectAgreement } from './said.ts'

const pack = corpusPack()
const households = corpusHouseholds()
/** Set to the version that was raised, the corpus is made anew by it. */
const raisedTo = process.env['QIAO_KEEP_CORPUS']

type Altered = Readonly<{ household: number; kept: unknown; now: unknown }>

/** The answers in which two lines differ, each as both versions give it. */
function altered(household: number, kept: string, now: string): Altered[] {
  const [then, today] = [JSON.parse(kept) as unknown[], JSON.parse(now) as unknown[]]
  const count = Math.max(then.length, today.length)
  return Array.from({ length: count }, (_, i) => i)
    .filter((i) => JSON.stringify(then[i]) !== JSON.stringify(today[i]))
    .map((i) => ({ household, kept: then[i], now: today[i] }))
}

test('the engine says of the kept corpus what it said, to the byte, or bears another version', () => {
  const lines = households.map((household) => answerLine(pack, household))
  if (raisedTo === engineVersion && raisedTo !== keptCorpus().engine)
    keepCorpus({ engine: engineVersion, lines })
  const kept = keptCorpus()
  const differences = lines.flatMap((line, i) =>
    line === kept.lines[i] ? [] : altered(i + 1, kept.lines[i] ?? '[]', line),
  )
  const advice =
    kept.engine === engineVersion
      ? `Engine ${engineVersion} alters stored answers: raise engineVersion in rules/src/version.ts, then keep the corpus anew with QIAO_KEEP_CORPUS=<the new version>.`
      : `The corpus is of engine ${kept.engine}, this one is ${engineVersion}: if what follows is meant, keep it anew with QIAO_KEEP_CORPUS=${engineVersion}.`
  expect(differences, advice).toEqual([])
  expect(kept.engine, advice).toBe(engineVersion)
  expect(kept.lines).toEqual(lines)
})

test('the corpus speaks of most programmes, and decides either way', () => {
  const said = keptCorpus().lines.flatMap(
    (line) => JSON.parse(line) as { programme: string; verdict: string }[],
  )
  const of = (verdict: string) =>
    new Set(said.filter((one) => one.verdict === verdict).map(({ programme }) => programme)).size
  expect(households.length).toBeGreaterThanOrEqual(36)
  expect([of('eligible') >= 15, of('ineligible') >= 30, of('unknown') >= 30]).toEqual([
    true,
    true,
    true,
  ])
})

test('columns say of the corpus what explain says of it', () => {
  for (const on of new Set(households.map((one) => one.on))) {
    const some = households.filter((one) => one.on === on).map(({ facts }) => facts)
    expectAgreement(pack, some, on)
  }
})
