import { byArea, notGranted, type Probe, seen } from './probing.ts'
import { areas } from './two-townships.ts'

/** Probes of what belongs to the composition of a household: functions of the owner write it, nobody else. */
export const memberProbes: Readonly<Record<string, readonly Probe[]>> = {
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
