import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'
import type { Glass, RestrictionKind } from './restriction.ts'

type Named = Readonly<{ id: string; name: string }>

export type Restriction = Readonly<{
  kind: RestrictionKind
  because: string
  from: string
  to: string | null
  responsible: Named
  viewers: Named[]
  openUntil: string | null
}>

/** The restriction that stands on a household in sight; nothing where none does, or it is out of sight. */
export async function readRestriction(tx: Tx, householdId: number): Promise<Restriction | null> {
  const { rows } = await sql<Restriction>`
    select kind, because, valid_from as "from", valid_to as "to",
      (select json_build_object('id', staff_id, 'name', name) from app.restriction_viewer
        where restriction_id = restriction.id and staff_id = responsible) as responsible,
      (select json_agg(json_build_object('id', staff_id, 'name', name) order by name)
        from app.restriction_viewer where restriction_id = restriction.id) as viewers,
      (select max(expires_at) from app.glass_break glass
        where glass.household_id = restriction.household_id and glass.staff_id = auth.staff_id()
          and now() < expires_at) as "openUntil"
    from app.restriction where household_id = ${householdId} and lifted_at is null`.execute(tx)
  return rows[0] ?? null
}

export type GlassRow = Glass &
  Readonly<{
    id: number
    householdId: number | null
    registerNo: string | null
    areaName: string | null
    by: string
    byMe: boolean
    because: string
    openedAt: string
    owner: string
    ownedByMe: boolean
    justified: boolean | null
    finding: string | null
    reviewedBy: string | null
  }>

/** Emergency looks that concern the reader: their own, theirs to review, and what escalated to them. */
export async function listGlass(tx: Tx): Promise<readonly GlassRow[]> {
  const { rows } = await sql<GlassRow>`
    select glass.id, household.id as "householdId", household.register_no as "registerNo", area.name as "areaName",
      glass.name as by, glass.staff_id = auth.staff_id() as "byMe", because,
      opened_at as "openedAt", expires_at as "expiresAt",
      owner_name as owner, glass.owner = auth.staff_id() as "ownedByMe",
      review_due as "reviewDue", reviewed_at as "reviewedAt", justified, finding, reviewer_name as "reviewedBy"
    from app.glass_break glass
    left join app.household on household.id = glass.household_id
    left join app.area on area.id = glass.area_id
    order by reviewed_at is not null, opened_at desc limit 200`.execute(tx)
  return rows
}

export type Restricting = Readonly<{
  householdId: number
  kind: RestrictionKind
  because: string
  to: string | null
  responsible: string
  viewers: readonly string[]
}>

export async function restrictHousehold(tx: Tx, form: Restricting): Promise<void> {
  await sql`select app.restrict_household(${form.householdId}, ${form.kind}, ${form.because},
    ${form.to}::date, ${form.responsible}::uuid, ${[...form.viewers]}::uuid[])`.execute(tx)
}

/** @returns whether there was a restriction to lift */
export async function liftRestriction(
  tx: Tx,
  { householdId, because }: Readonly<{ householdId: number; because: string }>,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.lift_restriction(${householdId}, ${because}) as done`.execute(tx)
  return rows[0]?.done ?? false
}

export type Opened = Readonly<{
  id: number
  householdId: number
  areaId: string
  owner: string
  expiresAt: string
}>

/** @returns nothing where no restricted household of the caller's area is meant */
export async function breakGlass(
  tx: Tx,
  asked: Readonly<{
    index: Uint8Array | null
    registerNo: string | null
    because: string
    reviewDays: number
  }>,
): Promise<Opened | undefined> {
  const { rows } = await sql<Opened>`
    select id, household_id as "householdId", area_id as "areaId", owner, expires_at as "expiresAt"
    from app.break_glass(${asked.index}, ${asked.registerNo}, ${asked.because}, ${asked.reviewDays})`.execute(
    tx,
  )
  return rows[0]
}

/** @returns whether it was the caller's to review, and not reviewed yet */
export async function reviewGlass(
  tx: Tx,
  { id, justified, finding }: Readonly<{ id: number; justified: boolean; finding: string }>,
): Promise<boolean> {
  const { rows } = await sql<{ done: boolean }>`
    select app.review_glass_break(${id}, ${justified}, ${finding}) as done`.execute(tx)
  return rows[0]?.done ?? false
}
