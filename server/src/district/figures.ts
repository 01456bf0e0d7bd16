import { readFileSync } from 'node:fs'

/** One line of a table under figures/, by column name. */
type Row = Readonly<Record<string, string>>

export type AgeBand = Readonly<{ from: number; to: number }>
export type AgeSexRow = AgeBand & Readonly<{ male: number; female: number }>

/** A kind of family household: one letter per member, see household-types.ts. */
export type HouseholdTypeRow = Readonly<{
  members: string
  generations: number
  count: number
  outsideShare: number
}>

/** What a generated district is measured by, at the full size of 1,271,424 residents. */
export type Target = Readonly<{
  metric: string
  kind: 'count' | 'share'
  target: number
  least: number
  most: number
  confidence: string
  source: string
}>

/** The residents the figures describe: Qingpu at the census of 2020. */
export const fullSize = 1_271_424

/** The tables under figures/; where each comes from stands in figures/README.md. */
export const figures = {
  ageSex: table('age-sex').map(
    (row): AgeSexRow => ({ ...band(row), ...numbers(row, ['male', 'female']) }),
  ),
  householdTypes: table('household-types').map(
    (row): HouseholdTypeRow => ({
      members: text(row, 'members'),
      generations: number(row, 'generations'),
      count: number(row, 'count'),
      outsideShare: number(row, 'outside_share'),
    }),
  ),
  committees: table('committees').map((row) => ({
    id: text(row, 'id'),
    residents: number(row, 'residents'),
    urban: text(row, 'urban') === '1',
  })),
  /** Residents per township in the order of the registration kinds 1–4. */
  registration: table('registration').map((row) => ({
    township: text(row, 'township'),
    kinds: ['same_township', 'other_township', 'other_district', 'outside'].map((kind) =>
      number(row, kind),
    ),
  })),
  education: table('education').map((row) => ({
    sex: number(row, 'sex'),
    ...band(row),
    shares: ['none', 'preschool', 'primary', 'junior', 'senior', 'college', 'university'].map(
      (level) => number(row, level),
    ),
  })),
  marital: table('marital').map((row) => ({
    sex: number(row, 'sex'),
    ...band(row),
    ...numbers(row, ['never', 'widowed', 'divorced']),
  })),
  disabilityRates: table('disability-rates').map((row) => ({
    ...band(row),
    rate: number(row, 'rate'),
  })),
  disabilityKinds: table('disability-kinds').map((row) => ({
    kind: text(row, 'kind'),
    share: number(row, 'share'),
    levels: ['level1', 'level2', 'level3', 'level4'].map((level) => number(row, level)),
  })),
  givenNames: table('given-names').map((row) => ({
    fromYear: number(row, 'from_year'),
    toYear: number(row, 'to_year'),
    sex: number(row, 'sex'),
    names: text(row, 'names').split(' '),
  })),
  surnames: table('surnames').map((row) => ({
    surname: text(row, 'surname'),
    ...numbers(row, ['weight', 'local_weight']),
  })),
  targets: table('targets').map(
    (row): Target => ({
      metric: text(row, 'metric'),
      kind: text(row, 'kind') === 'share' ? 'share' : 'count',
      ...numbers(row, ['target', 'least', 'most']),
      confidence: text(row, 'confidence'),
      source: text(row, 'source'),
    }),
  ),
  assumptions: new Map(table('assumptions').map((row) => [text(row, 'id'), number(row, 'value')])),
} as const

/**
 * A declared assumption of figures/assumptions.csv by its id.
 *
 * @throws RangeError for an id the table does not have
 */
export function assumption(id: string): number {
  const value = figures.assumptions.get(id)
  if (value === undefined) throw new RangeError(`figures/assumptions.csv has no ${id}`)
  return value
}

function table(name: string): Row[] {
  const [head = '', ...lines] = readFileSync(
    new URL(`./figures/${name}.csv`, import.meta.url),
    'utf8',
  )
    .trim()
    .split('\n')
  const columns = head.split(',')
  return lines.map((line) => {
    const cells = line.split(',')
    return Object.fromEntries(columns.map((column, i) => [column, cells[i] ?? '']))
  })
}

function text(row: Row, column: string): string {
  const value = row[column]
  if (value === undefined) throw new RangeError(`a table under figures/ has no column ${column}`)
  return value
}

function number(row: Row, column: string): number {
  const value = Number(text(row, column))
  if (!Number.isFinite(value))
    throw new RangeError(`column ${column} holds no number: ${row[column]}`)
  return value
}

function numbers<K extends string>(row: Row, columns: readonly K[]): Record<K, number> {
  return Object.fromEntries(columns.map((column) => [column, number(row, column)])) as Record<
    K,
    number
  >
}

function band(row: Row): AgeBand {
  return { from: number(row, 'from_age'), to: number(row, 'to_age') }
}
