import { byArea, notGranted, type Probe, seen } from './probing.ts'
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
