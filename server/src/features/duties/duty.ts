/** What somebody is responsible for; one kind so far. */
type DutyKind = 'advisor-of-area'

/**
 * Who answers for a committee, from a day to a day, both included. 职责
 *
 * A duty never widens the area somebody may see; within it, it shows an advisor the need signals
 * (disability, illness, guardianship) of that committee's households. The database decides that by
 * its own calendar (`auth.duty_areas`).
 */
export type Duty = Readonly<{
  staffId: string
  /** A committee, 12 digits. */
  areaId: string
  kind: DutyKind
  from: string
  /** `null` as long as no end is set. */
  to: string | null
}>
