import {
  assetsLine,
  disabilityLiving,
  disabilityNursing,
  educationAmounts,
  extremePovertyAmount,
  floorAreaPerHead,
  lowAssetsLine,
  lowIncomeLine,
  oldAgeBands,
  rentPerSquareMetre,
  subsistenceLine,
  utilities,
} from '../workload/thresholds.ts'
import { hiddenByte, hiddenNumber, type Population } from '../workload/population.ts'

/** Columns of the two tables, in order; `i` and `h` are places from 0. */
export const tables = {
  person: [
    'i',
    'h',
    'age',
    'disability',
    'income',
    'pension',
    'employment',
    'student',
    'medical',
    'education',
    'local',
    'supporter',
  ],
  household: ['h', 'assets', 'floor_area', 'car'],
} as const

/** The rows of both tables; an unknown cell is null. */
export function columnsOf(p: Population): Record<keyof typeof tables, (number | null)[][]> {
  const owner = Array.from({ length: p.persons }, () => 0)
  for (let h = 0; h < p.households; h++) owner.fill(h, p.offsets[h], p.offsets[h + 1])
  return {
    person: [
      Array.from({ length: p.persons }, (_, i) => i),
      owner,
      ...[p.age, p.disability, p.income, p.pension, p.employment, p.student].map(nullable),
      ...[p.medical, p.education, p.local, p.supporter].map(nullable),
    ],
    household: [
      Array.from({ length: p.households }, (_, h) => h),
      ...[p.assets, p.floorArea, p.car].map(nullable),
    ],
  }
}

function nullable(column: Int8Array | Int32Array): (number | null)[] {
  const hidden = column instanceof Int8Array ? hiddenByte : hiddenNumber
  return Array.from(column, (cell) => (cell === hidden ? null : cell))
}

const [, nursingFirst, nursingSecond] = disabilityNursing

/**
 * Verdicts are SQL's own three values; only aggregates are written with both ends, as sum, bool_and
 * and count drop what is null. Amounts carry both ends as well. `offset 0` keeps PostgreSQL from
 * writing a verdict out again wherever it is read.
 */
const people = `
  select *, local = 1 and (age >= 60 or age < 16 or disability in (1, 2)) and employment <> 1
    and case when pension + coalesce(income, 0) >= ${subsistenceLine} then false
             when income is null then null else true end
    and supporter = 0 as tekun
  from person`

const sums = `
  select h, count(*) as size, bool_and(local = 1) as all_local,
    count(*) filter (where tekun) as tekuns,
    count(*) filter (where tekun is null) as tekuns_open,
    sum(pension + coalesce(income, 0)) as family,
    count(*) filter (where income is null) as incomes_hidden,
    sum(education + coalesce(medical, 0)) as spent,
    count(*) filter (where medical is null) as medicals_hidden
  from people group by h`

const means = `
  select household.h, size, floor_area, family, spent, incomes_hidden, medicals_hidden, all_local,
    ${subsistenceLine} * size as line,
    case when tekuns > 0 then true when tekuns_open > 0 then null else false end as some_tekun,
    case when family >= ${lowIncomeLine} * size then false
         when incomes_hidden > 0 then null else true end as low_income,
    case when family >= ${subsistenceLine} * size then false
         when incomes_hidden > 0 then null else true end as poor,
    case when family - spent < ${subsistenceLine} * size
           then case when incomes_hidden > 0 then null else true end
         when medicals_hidden > 0 then null else false end as spent_down,
    assets <= ${lowAssetsLine} * size as low_assets,
    assets <= ${assetsLine} * size as few_assets, car = 0 as no_car
  from household join sums on sums.h = household.h offset 0`

const subsistence = `
  select *, all_local and not some_tekun and no_car and poor and few_assets as dibao from means offset 0`

const hardship = `
  select *, all_local and not dibao and low_income and low_assets as low,
    all_local and not dibao and spent_down and low_assets as expense
  from subsistence offset 0`

const households = `
  select h, dibao, low, expense,
    (dibao or low) and floor_area < ${floorAreaPerHead} * size as rent,
    dibao or low or some_tekun as utilities,
    case when dibao is not false then line - family else 0 end as dibao_most,
    case when dibao is false or incomes_hidden > 0 then 0 else line - family end as dibao_least,
    case when expense is false then 0 when medicals_hidden > 0 then line
         else greatest(line - greatest(family - spent, 0), 0) end as expense_most,
    case when expense is false or incomes_hidden > 0 then 0
         else greatest(line - greatest(family - spent, 0), 0) end as expense_least,
    case when (dibao or low) is not false and floor_area < ${floorAreaPerHead} * size
         then (${floorAreaPerHead} * size - floor_area) * ${rentPerSquareMetre} else 0 end as rent_most,
    case when (dibao or low or some_tekun) is not false
         then ${utilities.household} + ${utilities.head} * size else 0 end as utilities_most
  from hardship`

const bands = oldAgeBands
  .toReversed()
  .map(([from, amount]) => `when age >= ${from} then ${amount}`)
  .join(' ')
const stages = educationAmounts
  .map((amount, stage) => `when student = ${stage} then ${amount}`)
  .join(' ')

const members = `
  select i, age, disability, student, tekun, local = 1 as is_local,
    local = 1 and disability in (1, 2) as nursing, local = 1 and age >= 65 as old_age,
    local = 1 and disability <> 0 and not tekun and (dibao or low) as living,
    student <> 0 and (dibao or low or expense) as education
  from people join household_answer on household_answer.h = people.h offset 0`

const persons = `
  select i, tekun, living, nursing, old_age, education,
    case when tekun is not false then ${extremePovertyAmount} else 0 end as tekun_most,
    case when living is false then 0 when disability > 2 then ${disabilityLiving.light}
         else ${disabilityLiving.heavy} end as living_most,
    case when living is false then 0 when disability in (1, 2) then ${disabilityLiving.heavy}
         else ${disabilityLiving.light} end as living_least,
    case when nursing is false then 0 when disability = 2 then ${nursingSecond}
         else ${nursingFirst} end as nursing_most,
    case when nursing is false then 0 when disability = 1 then ${nursingFirst}
         else ${nursingSecond} end as nursing_least,
    case when old_age then case ${bands} end else 0 end as old_age_most,
    case when education is not false then case ${stages} end else 0 end as education_most
  from members`

const peopleFirst = `people as (${people})`

/** Replaces both tables of answers; `kind` is how the dialect calls a table that need not last. */
export function statements(kind: 'table' | 'unlogged table'): string[] {
  return [
    'drop table if exists household_answer',
    'drop table if exists person_answer',
    `create ${kind} household_answer as with ${peopleFirst}, sums as (${sums}), means as (${means}),
      subsistence as (${subsistence}), hardship as (${hardship}) ${households}`,
    'analyze household_answer',
    `create ${kind} person_answer as with ${peopleFirst}, members as (${members}) ${persons}`,
  ]
}
