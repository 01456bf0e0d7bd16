import { byArea, notGranted, type Probe, seen } from './probing.ts'
import { staffIdOf } from './two-townships.ts'

/** Probes of requests to put the record right: functions of the owner write them, nobody else. */
export const changeRequestProbes: Readonly<Record<string, readonly Probe[]>> = {
  change_request: [
    ...seen('change_request', byArea),
    notGranted(
      'asks in the name of somebody else',
      `insert into app.change_request (household_id, reason, evidence_kind, evidence, seen_on, made_by)
        values (1, '号码有误', 'id-card', '原件', '2025-06-01', '${staffIdOf('advisor')}')`,
    ),
    notGranted('decides a request itself', `update app.change_request set state = 'approved'`),
    notGranted('forgets a request', 'delete from app.change_request'),
  ],
  // As of facts: two items of each household are of facts that not everybody may read.
  change_item: [
    ...seen('change_item', {
      advisor: 2,
      advisorWithoutDuty: 1,
      advisorNextDoor: 2,
      advisorElsewhere: 2,
      committeeClerk: 2,
      township: 6,
      otherTownship: 2,
      district: 9,
      seconded: 6,
      program: 12,
    }),
    notGranted(
      'asks for more',
      `insert into app.change_item (request_id, household_id, person_id, field, sensitivity, after, recorded_at)
        values (1, 1, 1, 'name', 'plain', '"钱三"', now())`,
    ),
    notGranted('changes what was asked', `update app.change_item set after = '3'`),
    notGranted('forgets what was asked', 'delete from app.change_item'),
  ],
  change_request_event: [
    ...seen('change_request_event', byArea),
    notGranted(
      'says what was done',
      `insert into app.change_request_event (request_id, household_id, kind) values (1, 1, 'approved')`,
    ),
    notGranted('changes what was done', `update app.change_request_event set kind = 'approved'`),
    notGranted('forgets what was done', 'delete from app.change_request_event'),
  ],
}
