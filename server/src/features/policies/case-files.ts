import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { ExampleHouseholds, Expectation, PolicyCase } from './cases.ts'
import { readYaml } from './read-yaml.ts'

/** One sentence for many days: on each, the first expectation's amount is the figure of the day. */
type AmountTable = Omit<PolicyCase, 'on'> & Readonly<{ amounts: Readonly<Record<string, number>> }>

/**
 * One sentence for a line of the law on many days, tried on both sides of it.
 *
 * `line.holds` says which side is within the law: a fact below the figure, up to it, from it, above it.
 */
type LineTable = Omit<PolicyCase, 'on'> &
  Readonly<{
    line: Readonly<{
      fact: string
      /** Whose fact; absent for a fact of the household. */
      member?: string
      holds: keyof typeof sides
      /** The smallest difference: one fen unless said otherwise. */
      step?: number
      days: Readonly<Record<string, number>>
    }>
    /** What follows on the other side of the line. */
    otherwise: readonly Expectation[]
  }>

/** A side that no case can show, and why; `side` is met, unmet, unknown, tier or figure. */
type Uncovered = Readonly<{ uncovered: string; side: string; because: string }>

type Entry = PolicyCase | AmountTable | LineTable | Uncovered

const sides = {
  below: [-1, 0],
  upTo: [0, 1],
  from: [0, -1],
  above: [1, 0],
} as const

export type CasesOfProgramme = Readonly<{
  programme: string
  cases: readonly PolicyCase[]
  uncovered: readonly Uncovered[]
}>

/** The text of cases by path: cases/households.yaml, cases/dibao/….yaml. */
export type CaseFiles = Readonly<Record<string, string>>

/** Cases as they are tried, and the households they are like. */
export type Cases = Readonly<{ examples: ExampleHouseholds; programmes: CasesOfProgramme[] }>

const households = 'cases/households.yaml'

/** All cases of a folder, tables written out, by programme; and the households they are like. */
export function readCases(folder: string): Cases {
  return casesFrom(readCaseFiles(join(folder, '..')))
}

/** The files below `cases/` of a pack folder; none where it keeps none. */
export function readCaseFiles(packFolder: string): CaseFiles {
  const folder = join(packFolder, 'cases')
  if (!existsSync(folder)) return {}
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.yaml'))
    .sort()
  return Object.fromEntries(
    paths.map((path) => [`cases/${path}`, readFileSync(join(folder, path), 'utf8')]),
  )
}

/** Cases from the text of their files, tables written out. */
export function casesFrom(files: CaseFiles): Cases {
  const names = new Set(
    Object.keys(files).flatMap((path) => {
      const [, programme, file] = path.split('/')
      return programme !== undefined && file !== undefined ? [programme] : []
    }),
  )
  return {
    examples: (readYaml(files[households] ?? '{}') ?? {}) as ExampleHouseholds,
    programmes: [...names].map((programme) => {
      const entries = Object.keys(files)
        .filter((path) => path.startsWith(`cases/${programme}/`))
        .flatMap((path) => (readYaml(files[path] ?? '') ?? []) as Entry[])
      const uncovered = entries.filter((entry) => 'uncovered' in entry)
      const cases = entries.flatMap((entry) => ('uncovered' in entry ? [] : written(entry)))
      return { programme, cases, uncovered }
    }),
  }
}

const tables = new WeakMap<AmountTable | LineTable, readonly PolicyCase[]>()

/** A table is written out once: what is known of a case is kept with it. */
function written(entry: Exclude<Entry, Uncovered>): readonly PolicyCase[] {
  if (!('amounts' in entry || 'line' in entry)) return [entry]
  const cases = tables.get(entry) ?? ('amounts' in entry ? amountCases(entry) : lineCases(entry))
  tables.set(entry, cases)
  return cases
}

function amountCases({ amounts, ...entry }: AmountTable): PolicyCase[] {
  const [first, ...rest] = entry.expect
  if (!first) throw new Error(`“${entry.case}” expects nothing`)
  return Object.entries(amounts).map(([on, amount]) => ({
    ...entry,
    case: `${entry.case}（${on}：${amount}元）`,
    on,
    expect: [{ ...first, amount }, ...rest],
  }))
}

function lineCases({ line, otherwise, ...entry }: LineTable): PolicyCase[] {
  const { fact, member, holds, step = 0.01, days } = line
  return Object.entries(days).flatMap(([on, figure]) =>
    sides[holds].map((steps, side) => {
      const value = Number((figure + steps * step).toFixed(4))
      return {
        ...entry,
        ...(member === undefined
          ? { household: { ...entry.household, [fact]: value } }
          : { members: withFact(entry.members ?? [], member, { [fact]: value }) }),
        case: `${entry.case}（${on}：${value}）`,
        on,
        expect: side === 0 ? entry.expect : otherwise,
      }
    }),
  )
}

function withFact(
  members: NonNullable<PolicyCase['members']>,
  id: string,
  fact: Record<string, number>,
): NonNullable<PolicyCase['members']> {
  const known = members.some((member) => member.id === id)
  const all = known ? members : [...members, { id }]
  return all.map((member) => (member.id === id ? { ...member, ...fact } : member))
}
