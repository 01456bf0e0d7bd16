import {
  dayFromText,
  type Pack,
  type QuestionFinder,
  questionFinder,
  type Shares,
  sharesOf,
} from '@qiao/rules'
import { sql } from 'kysely'
import { asActorOnConnection } from '../../platform/db/actor.ts'
import type { Database } from '../../platform/db/database.ts'
import { readShard } from '../eligibility/shard.ts'

/** So many households tell how often a value is met: enough for shares, read in a second. */
const sampled = 4000

export type FinderParts = Readonly<{
  db: Database
  /** A live token of the program itself, which sees the whole district. */
  programToken: () => Promise<string>
}>

/** The finder of a pack and day, made when first asked for and kept until either changes. */
export type Finders = (pack: Pack, on: string) => Promise<QuestionFinder>

export function makeFinders(parts: FinderParts): Finders {
  let held: { key: string; finder: Promise<QuestionFinder> } | undefined
  return (pack, on) => {
    const key = `${pack.hash} ${on}`
    if (held?.key === key) return held.finder
    const finder = populationShares(parts, pack, on).then((shares) =>
      questionFinder(pack, on, { shares }),
    )
    held = { key, finder }
    finder.catch(() => {
      held = undefined
    })
    return finder
  }
}

/** How often values are met in households spread over the whole district. */
async function populationShares(
  { db, programToken }: FinderParts,
  pack: Pack,
  on: string,
): Promise<Shares> {
  return asActorOnConnection(db, await programToken(), async (tx, connection) => {
    const { rows } = await sql<{ id: number }>`
      select household_id as id from app.household_current
      order by hashint8(household_id), household_id limit ${sampled}`.execute(tx)
    const ids = rows.map(({ id }) => id)
    const { batch } = await readShard(connection, pack.facts, { ids })
    return sharesOf(pack, batch, dayFromText(on) ?? 0)
  })
}
