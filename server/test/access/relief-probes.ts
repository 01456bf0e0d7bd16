import {
  administrators,
  allowed,
  byArea,
  notGranted,
  type Probe,
  refused,
  refusedByFunction,
  seen,
} from './probing.ts'
import { outsiders } from './two-townships.ts'

const report = (household: number) =>
  `insert into app.quick_relief (household_id, cause, people, happened, reported_on)
   values (${household}, 'accident', 1, '灶台失火', '2025-06-02')`
const visit = (id: number) =>
  `update app.quick_relief set state = 'visited', seen = '厨房已烧毁', visited_on = '2025-06-02' where id = ${id}`
const refuse = (id: number) =>
  `update app.quick_relief set state = 'refused', because = '不属急难', decided_on = '2025-06-02' where id = ${id}`
const eventOn = (id: number) =>
  `insert into app.quick_relief_event (relief_id, household_id, step, on_day) values (${id}, ${id}, 'visit', '2025-06-02')`
const strangers = ['advisorNextDoor', 'otherTownship', ...administrators, ...outsiders] as const

/** Probes of quick relief: seen where the household is; who takes which step is guarded. */
export const reliefProbes: Readonly<Record<string, readonly Probe[]>> = {
  quick_relief: [
    ...seen('quick_relief', byArea),
    ...(['advisor', 'township', 'district'] as const).map((actor) =>
      allowed(actor, 'reports an emergency', report(1)),
    ),
    allowed('advisorNextDoor', 'steps into none next door', visit(1), 0),
    allowed('otherTownship', 'steps into none of another township', visit(1), 0),
    allowed('district', 'steps into none of a restricted household', visit(4), 0),
    ...refusedByFunction(['advisor'], 'decides that none is given', refuse(1)),
    ...refusedByFunction(['program'], 'records what was seen on the spot', visit(1)),
    ...refused(strangers, 'reports no emergency there', report(1)),
    ...refused(['advisor', 'district'], 'reports none of a restricted household', report(4)),
    notGranted('says who reported it', `update app.quick_relief set reported_by = null`),
    notGranted('rewrites what was reported', `update app.quick_relief set happened = '别的'`),
    notGranted('forgets a quick relief', 'delete from app.quick_relief'),
  ],
  quick_relief_event: [
    ...seen('quick_relief_event', byArea),
    allowed('advisor', 'notes a step', eventOn(1)),
    ...refused(strangers, 'notes no step there', eventOn(1)),
    ...refused(['advisor', 'district'], 'notes no step of a restricted household', eventOn(4)),
    notGranted('rewrites a step', `update app.quick_relief_event set text = '别的'`),
    notGranted('forgets a step', 'delete from app.quick_relief_event'),
  ],
}
