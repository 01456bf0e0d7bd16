import type { Pack } from '@qiao/rules'
import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { readBinaryCopy } from './binary-copy.ts'
import { type Choice, chosenRows } from './shard.ts'

type StoredRow = Readonly<{ id: number; householdId: number; hash: number }>

/** What is stored for a shard, to be taken one by one; what is left over no longer holds. */
export type Stored = Readonly<{
  answer: (householdId: number, personId: number, programme: number) => StoredRow | undefined
  undecided: (householdId: number, clinical: boolean) => StoredRow | undefined
  answersLeft: () => StoredRow[]
  undecidedLeft: () => StoredRow[]
}>

export async function readStored(
  connection: pg.PoolClient,
  pack: Pack,
  choice: Choice,
): Promise<Stored> {
  const from = (table: string) => chosenRows(table, choice, 'superseded_at is null')
  const programmes = pack.programmes.map(({ id }) => `'${id.replaceAll("'", "''")}'`).join(', ')
  const answers = new Map<string, StoredRow>()
  const answerKey = (householdId: number, personId: number, programme: number | string) =>
    `${householdId} ${personId} ${programme}`
  const rows = connection.query(
    copyTo(`copy (
      select id::float8, household_id::float8, content_hash::float8, coalesce(person_id, 0)::float8,
        coalesce(array_position(array[${programmes}], programme), 0)
      from ${from('app.answer')}) to stdout (format binary)`),
  )
  await readBinaryCopy(
    rows,
    5,
    0,
    ([id = 0, householdId = 0, hash = 0, personId = 0, place = 0]) => {
      // A programme that the pack no longer has keeps a key nobody asks for.
      answers.set(answerKey(householdId, personId, place === 0 ? `gone ${id}` : place - 1), {
        id,
        householdId,
        hash,
      })
    },
  )
  const undecided = new Map<string, StoredRow>()
  const listKey = (householdId: number, clinical: boolean) => `${householdId} ${clinical}`
  const lists = connection.query(
    copyTo(`copy (
      select id::float8, household_id::float8, content_hash::float8, clinical::int4
      from ${from('app.undecided')}) to stdout (format binary)`),
  )
  await readBinaryCopy(lists, 4, 0, ([id = 0, householdId = 0, hash = 0, clinical = 0]) => {
    undecided.set(listKey(householdId, clinical === 1), { id, householdId, hash })
  })
  return {
    answer: (householdId, personId, programme) =>
      take(answers, answerKey(householdId, personId, programme)),
    undecided: (householdId, clinical) => take(undecided, listKey(householdId, clinical)),
    answersLeft: () => [...answers.values()],
    undecidedLeft: () => [...undecided.values()],
  }
}

function take<K>(rows: Map<K, StoredRow>, key: K): StoredRow | undefined {
  const found = rows.get(key)
  if (found) rows.delete(key)
  return found
}
