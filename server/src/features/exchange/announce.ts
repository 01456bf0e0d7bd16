import type { Pack, TargetEntity } from '@qiao/rules'
import { sql } from 'kysely'
import { type Static, Type } from 'typebox'
import type { Tx } from '../../platform/db/database.ts'
import { problem } from '../../platform/http/problem.ts'
import { exchangeProblems } from './problems.ts'
import { holderOf } from './roll.ts'
import { factsOf, sourceCalled } from './source.ts'

/** What the sender of a roll says it is. */
export const RollForm = Type.Object(
  {
    programme: Type.String({ minLength: 1, maxLength: 60 }),
    areaId: Type.String({
      pattern: '^\\d{6}(\\d{3}){0,2}$',
      description: 'Whose recipients it lists',
    }),
    complete: Type.Boolean({ description: 'It lists everybody who receives there that day' }),
  },
  { additionalProperties: false },
)

export type RollAnnounced = Static<typeof RollForm>

export type Announced = Readonly<{ source: string; onDay: string; roll?: RollAnnounced }>

/** As the columns of a delivery have it; all null of one that tells facts. */
export type Taken = Readonly<{
  source: string
  onDay: string
  programme: string | null
  areaId: string | null
  complete: boolean | null
  holder: TargetEntity | null
}>

/**
 * What is announced of a file, if it can be taken in.
 *
 * @throws Problem `no-such-source`, `source-without-fields` or `delivery-invalid`
 */
export async function takeAnnounced(
  tx: Tx,
  { source: sourceId, onDay, roll }: Announced,
  { pack, today }: Readonly<{ pack: Pack; today: string }>,
): Promise<Taken> {
  const source = await sourceCalled(sourceId)
  if (onDay > today) refuse('onDay', '日期不能晚于今天')
  if (!roll) {
    if (factsOf(source, pack.facts).length === 0)
      throw problem(exchangeProblems, 'source-without-fields')
    return { source: sourceId, onDay, programme: null, areaId: null, complete: null, holder: null }
  }
  const { programme, areaId, complete } = roll
  if (!pack.programmes.some(({ id }) => id === programme))
    refuse('roll/programme', `没有这项政策：${programme}`)
  const area = await sql`select from app.area where id = ${areaId}`.execute(tx)
  if (area.rows.length === 0) refuse('roll/areaId', `没有这个区划代码：${areaId}`)
  return { source: sourceId, onDay, programme, areaId, complete, holder: holderOf(pack, programme) }
}

/** What else is known of a file before it comes: by whom it is sent, where not by a person. */
type File = Readonly<{
  fileName: string
  bytes: number
  /** The sender's name for a push, and the hash it announces. */
  pushId?: string
  hash?: Buffer
  dropPointId?: string
}>

/** Puts a delivery on record whose file is to come. @returns its number */
export async function putDelivery(
  tx: Tx,
  { source, onDay, programme, areaId, complete, holder }: Taken,
  { fileName, bytes, pushId, hash, dropPointId }: File,
): Promise<number> {
  const { rows } = await sql<{ id: number }>`
    insert into app.delivery (source, file_name, bytes, on_day, programme, roll_area, roll_complete, roll_holder,
      push_id, push_hash, drop_point_id)
    values (${source}, ${fileName}, ${bytes}, ${onDay}::date, ${programme}, ${areaId}, ${complete}, ${holder},
      ${pushId ?? null}, ${hash ?? null}, ${dropPointId ?? null}) returning id`.execute(tx)
  return rows[0]?.id ?? 0
}

function refuse(field: string, message: string): never {
  throw problem(exchangeProblems, 'delivery-invalid', message, [
    { path: `/body/${field}`, message },
  ])
}
