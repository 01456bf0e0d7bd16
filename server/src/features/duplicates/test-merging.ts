import type { RunningQiao } from '../../../test/running-qiao.ts'

/** Households 1 and 2 lie in two committees of one township, 3 in another township. */
export const areas = ['310118001001', '310118001002', '310118002001'] as const

export type Said = Readonly<Record<string, readonly [value: unknown, verifiedOn: string]>>
export type Person = Readonly<{
  id: number
  name?: string
  household?: number
  relation?: string
  from?: string
  number?: string
  phone?: string
  facts?: Said
  /** What a visit found otherwise, beside. */
  visited?: readonly string[]
  awards?: readonly string[]
}>

/** Puts a person on record with what is said of them; every number is written as of `base`. */
export async function enterPerson(
  { db, cipher }: Pick<RunningQiao, 'db' | 'cipher'>,
  base: number,
  person: Person,
): Promise<void> {
  const owner = (text: string, values?: unknown[]) => db.owner.pool.query(text, values)
  const { id, name = '张伟', household = id, relation = '02', from = '2020-01-01' } = person
  const home = `${base + household}, '${areas[household - 1]}'`
  const facts = { birth_date: ['1949-05-10', '2020-01-01'], ...person.facts } as const
  const number = person.number ? cipher.seal('id-number', person.number) : null
  const phone = person.phone ? cipher.seal('phone', person.phone) : null
  await owner(
    `insert into app.person (id, household_id, area_id, name, id_number_enc, id_number_index, phone_enc, phone_index)
      values (${base + id}, ${home}, $1, $2, $3, $4, $5)`,
    [name, number?.sealed, number?.index, phone?.sealed, phone?.index],
  )
  await owner(`insert into app.member (household_id, area_id, person_id, relation, valid_from)
    values (${home}, ${base + id}, '${relation}', '${from}')`)
  for (const [fact, [value, verifiedOn]] of Object.entries(facts))
    await owner(
      `insert into app.fact (household_id, area_id, person_id, fact, value, valid_from, source, verified_on,
        sensitivity, basis, recorded_by)
      values (${home}, ${base + id}, '${fact}', $1, '2020-01-01', '入户', $2, 'plain', (select min(id) from app.basis), 'owner')`,
      [JSON.stringify(value), verifiedOn],
    )
  for (const fact of person.visited ?? [])
    await owner(`insert into app.other_word (household_id, person_id, fact, value, valid_from, source, basis, verified_on,
        sensitivity, recorded_by, kind, voice, recorded_at)
      values (${base + household}, ${base + id}, '${fact}', '${id * 100}', '2020-01-01', '入户', 'visit', '2025-01-01', 'plain',
        'staff:1', 'visit', 'visit', now())`)
  for (const programme of person.awards ?? [])
    await owner(`insert into app.award (household_id, area_id, person_id, programme, state, valid_from, source, recorded_by)
      values (${home}, ${base + id}, '${programme}', 'receiving', '2024-01-01', '民政', 'owner')`)
}
