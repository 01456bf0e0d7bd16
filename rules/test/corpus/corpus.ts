import { readFileSync, writeFileSync } from 'node:fs'
import { explain } from '../../src/evaluate/explain.ts'
import type { Pack } from '../../src/pack.ts'
import { readPack } from '../../src/read-pack.ts'
import type { ConditionResult, HouseholdFacts, Reading, Result } from '../../src/results.ts'

/**
 * A few dozen invented households, a pack as it once stood, and what the engine said of them, kept to
 * the byte: an engine that says something else is another version.
 */

/** A household and the day on which it was answered. */
export type KeptHousehold = Readonly<{ on: string; facts: HouseholdFacts }>

/** What is kept: the engine that said it, and one line of canonical JSON a household. */
export type Corpus = Readonly<{ engine: string; lines: readonly string[] }>

const place = (name: string) => new URL(name, import.meta.url)
const linesOf = (name: string) => readFileSync(place(name), 'utf8').trimEnd().split('\n')

/** The pack of the corpus; it does not follow the policies in force. */
export function corpusPack(): Pack {
  const [pack, facts, ...programmes] = linesOf('pack.jsonl').map((line) => JSON.parse(line))
  const read = readPack({ ...pack, ...facts, programmes })
  if ('problems' in read) throw new Error(read.problems.map(({ message }) => message).join('\n'))
  return read
}

type Values = Readonly<Record<string, Reading['value']>>

export function corpusHouseholds(): KeptHousehold[] {
  const readings = (values: Values) =>
    Object.fromEntries(Object.entries(values).map(([fact, value]) => [fact, { value }]))
  return linesOf('households.jsonl').map((line) => {
    const { on, household, members } = JSON.parse(line) as {
      on: string
      household: Values
      members: Values[]
    }
    return {
      on,
      facts: {
        household: readings(household),
        members: members.map((values, i) => ({ id: String(i + 1), facts: readings(values) })),
      },
    }
  })
}

/** What the engine says of a household today, as one line: equal answers, equal bytes. */
export function answerLine(pack: Pack, { on, facts }: KeptHousehold): string {
  return canonical(explain(pack, facts, on).map(withoutTexts))
}

/**
 * What is stored of a result and the conditions that make it so: those unmet of an ineligible one,
 * those not met of any other. Nothing of the pack's texts.
 */
function withoutTexts({ conditions, amount, missing, reasons, ...result }: Result) {
  const telling = ({ verdict }: ConditionResult) =>
    result.verdict === 'ineligible' ? verdict === 'unmet' : verdict !== 'met'
  const open = conditions.filter(telling).map(conditionText)
  return {
    ...result,
    ...(amount.kind === 'none' ? {} : { amount }),
    ...(reasons.length > 0 ? { reasons } : {}),
    ...(missing.length > 0
      ? { missing: missing.map(({ fact, member = '' }) => `${fact}@${member}`).join(' ') }
      : {}),
    ...(open.length > 0 ? { open: open.join('; ') } : {}),
  }
}

function conditionText({ id, tier = '', verdict, unconfirmed, measure }: ConditionResult): string {
  const range = ({ min, max }: { min: number | null; max: number | null }) =>
    min === max ? `${min}` : `${min ?? ''}..${max ?? ''}`
  const values = measure ? ` ${range(measure.left)} ${measure.op} ${range(measure.right)}` : ''
  return `${tier}/${id} ${unconfirmed ? 'unconfirmed' : verdict}${values}`
}

function canonical(value: unknown): string {
  return JSON.stringify(value, (_key, one: unknown) =>
    typeof one === 'object' && one !== null && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  )
}

export function keptCorpus(): Corpus {
  const [head = '{}', ...lines] = linesOf('answers.jsonl')
  return { engine: String(JSON.parse(head).engine), lines }
}

export function keepCorpus({ engine, lines }: Corpus): void {
  writeFileSync(place('answers.jsonl'), `${[JSON.stringify({ engine }), ...lines].join('\n')}\n`)
}
