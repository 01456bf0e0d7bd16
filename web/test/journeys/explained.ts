import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type {
  Amount,
  Explanation,
  Household,
  HouseholdFact,
  LeadList,
} from '../../src/api/views.ts'
import { readShown, type ShownResult } from '../shown-household.ts'
import type { Hosting, Visit } from '../visit.ts'

type Explained = Pick<Explanation, 'on' | 'pack' | 'results'>

/** The district sees signs of need once it has said why it looks. */
const stated = { 'x-qiao-reason': encodeURIComponent('核查') }

async function ask<T>({ context, url }: Visit, path: string): Promise<T> {
  const answer = await context.request.get(`${url}/api${path}`, { headers: stated })
  expect(answer.status(), path).toBe(200)
  return (await answer.json()) as T
}

/** A known fact as `qiao explain` wants it: money in yuan, null for known to have none. */
function written(fact: HouseholdFact): unknown {
  if (fact.state === 'known-none') return null
  return fact.type === 'money' ? String(Number(fact.value) / 100) : fact.value
}

function factsOf({ facts }: Household, personId: number | null): Record<string, unknown> {
  const known = facts.filter((fact) => fact.personId === personId && fact.state !== 'unknown')
  return Object.fromEntries(known.map((fact) => [fact.fact, written(fact)]))
}

/** The household's facts as a file, given to the command `qiao explain`. */
async function explainedByCommand(
  command: Hosting['command'],
  household: Household,
  on: string,
): Promise<Explained> {
  const folder = mkdtempSync(join(tmpdir(), 'qiao-explain-'))
  const file = join(folder, 'household.json')
  const members = household.members.map(({ personId }) => ({
    id: String(personId),
    ...factsOf(household, personId),
  }))
  writeFileSync(file, JSON.stringify({ household: factsOf(household, null), members }))
  try {
    return JSON.parse(await command('explain', file, '--on', on, '--json')) as Explained
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const VERDICTS = { eligible: '符合', ineligible: '不符合', unknown: '待核实' }
const CONDITIONS = { met: '符合', unmet: '不符合', unknown: '待核实' }
const PER = { month: '元/月', year: '元/年', once: '元（一次性）', event: '元/次' }
const KINDS = { official: '金额由街镇核定', none: '不发现金', unknown: '金额待核实' }

function yuan(fen: number): string {
  const digits = fen % 100 === 0 ? 0 : 2
  return (fen / 100).toLocaleString('en', {
    minimumFractionDigits: digits,
    maximumFractionDigits: digits,
  })
}

function amountWords(amount: Amount): string {
  if (amount.kind === 'exact') return `${yuan(amount.fen)} ${PER[amount.per]}`
  if (amount.kind !== 'range') return KINDS[amount.kind]
  if (amount.max === null) return `不少于 ${yuan(amount.min)} ${PER[amount.per]}`
  const low = amount.min <= 0 ? '最多 ' : `${yuan(amount.min)}–`
  return `${low}${yuan(amount.max)} ${PER[amount.per]}`
}

/** What the page has to show of the command's answer; the facts read are looked at apart. */
function expected({ results }: Explained): Omit<ShownResult, 'provisional'>[] {
  return results.map((result) => ({
    programme: result.programme,
    tier: result.tier ?? null,
    member: result.member ?? null,
    verdict: VERDICTS[result.verdict],
    amount: result.verdict === 'ineligible' ? null : amountWords(result.amount),
    conditions: result.conditions.map(({ text, verdict }) => ({
      text,
      own: '',
      verdict: CONDITIONS[verdict],
    })),
  }))
}

function inOrder<T extends Omit<ShownResult, 'provisional'>>(results: readonly T[]): T[] {
  const key = (one: T) => `${one.programme} ${one.tier ?? ''} ${one.member ?? ''}`
  return results.toSorted((one, other) => key(one).localeCompare(key(other)))
}

/** How a value that was read has to stand on the page; codes and names are left to their labels. */
function valueWords(value: unknown): string {
  if (typeof value === 'number') return yuan(Math.round(value * 100))
  if (typeof value === 'boolean') return value ? '是' : '否'
  return typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) ? value : ''
}

function expectReads(explained: Explained, shown: readonly ShownResult[]): void {
  for (const result of explained.results) {
    const page = shown.find(
      (one) =>
        one.programme === result.programme &&
        one.tier === (result.tier ?? null) &&
        one.member === (result.member ?? null),
    )
    for (const [at, { reads }] of result.conditions.entries()) {
      const own = page?.conditions[at]?.own ?? ''
      for (const { fact, state, value } of reads) {
        const words =
          state === 'unknown' ? '未知' : state === 'known-none' ? '无' : valueWords(value)
        expect.soft(own, `${result.programme} ${at} ${fact}`).toContain(words)
      }
    }
    const provisional = result.provisional
    const told = provisional ? VERDICTS[provisional.verdict] : null
    expect.soft(page?.provisional?.slice(2, 2 + (told?.length ?? 0)) ?? null).toBe(told)
  }
}

function asVerdicts({ provisional: _apart, ...shown }: ShownResult) {
  return {
    ...shown,
    // What would follow from something unconfirmed is not decided yet either.
    verdict: shown.verdict === '确认后可得' ? VERDICTS.unknown : shown.verdict,
    conditions: shown.conditions.map((condition) => ({ ...condition, own: '' })),
  }
}

async function someHouseholds(visit: Visit): Promise<number[]> {
  const leads = await ask<LeadList>(visit, '/leads?size=100')
  const several = leads.items.toSorted((one, other) => other.lines.length - one.lines.length)
  const largest = leads.items.toSorted((one, other) => other.size - one.size)
  const chosen = [several[0], largest[0], leads.items.at(-1)]
  return [...new Set(chosen.flatMap((lead) => lead?.householdId ?? []))]
}

export function explained(hosting: () => Hosting): void {
  describe('the page of a household and the command `qiao explain`', () => {
    test('say the same verdicts, conditions and amounts of the same facts', async () => {
      const visit = await hosting().arrive({ role: '区级', fresh: true })
      await visit.context.setExtraHTTPHeaders(stated)
      const { today } = await ask<{ today: string }>(visit, '/session')
      const ids = await someHouseholds(visit)
      expect(ids.length).toBeGreaterThan(1)
      for (const id of ids) {
        const household = await ask<Household>(visit, `/households/${id}`)
        const told = await explainedByCommand(hosting().command, household, today)
        expect(told.results.length).toBeGreaterThan(25)
        await visit.page.goto(`${visit.url}/households/${id}`)
        const shown = await readShown(visit.page)
        expect(inOrder(shown.map(asVerdicts)), `household ${id}`).toEqual(inOrder(expected(told)))
        expectReads(told, shown)
      }
    }, 90_000)
  })
}
