import { notGranted, type Probe, seen } from './probing.ts'
import { areas, staffIdOf } from './two-townships.ts'

/** Where restrictions stand that are lifted, and those that a person named sees. */
const bySight = { advisorElsewhere: 1, otherTownship: 1, district: 1, township: 1, program: 2 }

const restriction = `insert into app.restriction (household_id, area_id, kind, because, valid_from, responsible, recorded_by)
  values (1, '${areas.committee}', 'other', '住址须保密', '2025-01-01', '${staffIdOf('advisor')}', '${staffIdOf('advisor')}')`
const viewer = `insert into app.restriction_viewer (restriction_id, household_id, area_id, staff_id, name)
  values (1, 4, '${areas.committee}', '${staffIdOf('advisor')}', '顾问')`
const glass = `insert into app.glass_break (household_id, area_id, restriction_id, staff_id, name, because, expires_at, owner, owner_name, review_due)
  values (4, '${areas.committee}', 1, '${staffIdOf('advisor')}', '顾问', '有人呼救，须马上联系', now() + interval '30 minutes', '${staffIdOf('township')}', '专干', current_date)`

/** Probes of the wall round restricted households: it is written by functions of the owner only. */
export const restrictionProbes: Readonly<Record<string, readonly Probe[]>> = {
  restriction: [
    ...seen('restriction', bySight),
    notGranted('restricts a household itself', restriction),
    notGranted('lifts a restriction itself', 'update app.restriction set valid_to = current_date'),
    notGranted('forgets a restriction', 'delete from app.restriction'),
  ],
  restriction_viewer: [
    ...seen('restriction_viewer', bySight),
    notGranted('names anybody', viewer),
    notGranted('names somebody else', `update app.restriction_viewer set name = ''`),
    notGranted('strikes out who is named', 'delete from app.restriction_viewer'),
  ],
  glass_break: [
    // One's own, one's own to review, and what nobody reviewed in time for the officials of its area.
    ...seen('glass_break', {
      advisor: 1,
      township: 1,
      advisorElsewhere: 1,
      advisorWithoutDuty: 1,
      otherTownship: 1,
      district: 1,
    }),
    notGranted('opens a household itself', glass),
    notGranted('stays longer', `update app.glass_break set expires_at = 'infinity'`),
    notGranted('forgets who looked', 'delete from app.glass_break'),
  ],
}
