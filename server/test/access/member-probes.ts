import { all, byArea, caseWorkers, notGranted, type Probe, seen } from './probing.ts'
import { areas } from './two-townships.ts'

/** Probes of what belongs to the composition of a household: functions of the owner write it, nobody else. */
export const memberProbes: Readonly<Record<string, readonly Probe[]>> = {
  supporter: [
    ...seen('supporter', byArea),
    notGranted(
      'says who owes support past the function',
      `insert into app.supporter (person_id, kind, relation, name, valid_from, source, recorded_at)
        values (1, 'of-parent', '20', '钱三', '2025-01-01', '户口簿', now())`,
    ),
    notGranted('ends what is owed', 'update app.supporter set valid_to = null'),
    notGranted('forgets what is owed', 'delete from app.supporter'),
  ],
  registered_place: [
    ...seen('registered_place', byArea),
    notGranted(
      'says where somebody is registered past the function',
      `insert into app.registered_place (person_id, registered_in, valid_from, verified_on, source, recorded_at)
        values (1, '${areas.township}', '2025-01-01', '2025-01-01', '户口簿', now())`,
    ),
    notGranted(
      'says that somebody was registered longer',
      'update app.registered_place set valid_to = null',
    ),
    notGranted('forgets where somebody was registered', 'delete from app.registered_place'),
    // Of its registered people who live in another township those with a lead, the restricted one absent; nobody else asks.
    ...seen('registered_here()', { otherTownship: 2 }),
    ...seen('district_places()', all(366, [...caseWorkers, 'program'])),
  ],
  collector: [
    ...seen('collector', byArea),
    notGranted(
      'names who collects',
      `insert into app.collector (household_id, area_id, person_id, valid_from, recorded_at)
        values (1, '${areas.committee}', 1, '2025-01-01', now())`,
    ),
    notGranted('says that somebody collected longer', 'update app.collector set valid_to = null'),
    notGranted('forgets who collected', 'delete from app.collector'),
  ],
}
