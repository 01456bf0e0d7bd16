import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import { type Answered, indicatorIds, type Weights } from './assessment.ts'

type WeightState = 'proposed' | 'refused' | 'in-force' | 'superseded'

export type WeightVersion = Weights &
  Readonly<{
    id: number
    state: WeightState
    source: string
    confirmed: boolean
    method: 'stated' | 'critic'
    dataHash: string | null
    dataRows: number | null
    dataDay: string | null
    proposedAt: string
    proposedBy: string | null
    own: boolean
    decidedAt: string | null
    decidedBy: string | null
    refusedBecause: string | null
  }>

type Row = Omit<WeightVersion, 'cuts'> & Readonly<{ cuts: readonly number[] }>

const columns = sql`weight_version.id, weights, cuts, line, source, confirmed, method,
  encode(data_hash, 'hex') as "dataHash", data_rows as "dataRows", data_day as "dataDay",
  proposed_at as "proposedAt", proposed_by is not distinct from auth.staff_id() as own,
  case when proposed_by is not null then coalesce(proposer.name, '其他同事') end as "proposedBy",
  decided_at as "decidedAt", case when decided_by is not null then coalesce(decider.name, '其他同事') end as "decidedBy",
  refused_because as "refusedBecause",
  case when decided_at is null then 'proposed' when refused_because is not null then 'refused'
    when superseded_at is null then 'in-force' else 'superseded' end as state`
const joined = sql`left join app.staff proposer on proposer.id = proposed_by
  left join app.staff decider on decider.id = decided_by`

/** Every version, the latest first. */
export async function readWeights(tx: Tx): Promise<WeightVersion[]> {
  const { rows } = await sql<Row>`
    select ${columns} from app.weight_version ${joined} order by weight_version.id desc`.execute(tx)
  return rows.map(versionOf)
}

export async function weightsInForce(tx: Tx): Promise<WeightVersion> {
  const { rows } = await sql<Row>`
    select ${columns} from app.weight_version ${joined}
    where decided_at is not null and refused_because is null and superseded_at is null`.execute(tx)
  return only(rows)
}

function only(rows: readonly Row[]): WeightVersion {
  const [row] = rows
  // One is shipped, and one takes its place in the same statement.
  if (!row) throw new Error('no weights are in force')
  return versionOf(row)
}

function versionOf({ cuts: [low = 0, middle = 0, high = 0], ...rest }: Row): WeightVersion {
  return { ...rest, cuts: { low, middle, high } }
}

export type Proposal = Weights &
  Readonly<{
    source: string
    confirmed: boolean
    method: 'stated' | 'critic'
    data: Readonly<{ hash: string; rows: number; day: string }> | null
  }>

/** @returns its number */
export async function proposeWeights(tx: Tx, proposal: Proposal): Promise<number> {
  const { data, cuts, weights, line, source, confirmed, method } = proposal
  const content = {
    weights,
    cuts: [cuts.low, cuts.middle, cuts.high],
    line,
    source,
    confirmed,
    method,
    dataHash: data?.hash ?? null,
    dataRows: data?.rows ?? null,
    dataDay: data?.day ?? null,
  }
  const { rows } = await sql<{
    id: number
  }>`select app.propose_weights(${JSON.stringify(content)}::jsonb) as id`.execute(tx)
  return rows[0]?.id ?? 0
}

/** @param whyNot null puts them into force. @returns false where they are decided already */
export async function decideWeights(tx: Tx, id: number, whyNot: string | null): Promise<boolean> {
  const { rows } = await sql<{
    done: boolean
  }>`select app.decide_weights(${id}, ${whyNot}) as done`.execute(tx)
  return rows[0]?.done ?? false
}

/** What confirmed assessments say, one row each of 0 and 1, of which nothing is unknown; with its hash. */
export async function readDataSet(
  tx: Tx,
): Promise<Readonly<{ rows: readonly (readonly number[])[]; hash: string }>> {
  const { rows } = await sql<{ answers: Answered }>`
    select answers from app.needs_assessment where state = 'confirmed' order by household_id`.execute(
    tx,
  )
  const whole = rows
    .filter(({ answers }) => indicatorIds.every((id) => answers[id] !== 'unknown'))
    .map(({ answers }) => indicatorIds.map((id) => (answers[id] === 'yes' ? 1 : 0)))
  const hash = createHash('sha256')
  for (const row of whole) hash.update(`${row.join(',')}\n`)
  return { rows: whole, hash: hash.digest('hex') }
}
