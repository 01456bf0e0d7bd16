import { others } from './exchange-probes.ts'
import { allowed, notGranted, type Probe, refusedByFunction, seen } from './probing.ts'

const file = `select 1 where app.make_correction_file('renshe') is not null`
const fetched = 'select id from app.fetch_corrections(0, 10)'
const answer = (source: string) => `select app.answer_correction(1, '${source}', 'adopted', null)`

/** Probes of what sources are asked to put right: seen as the facts are, written by functions of the owner. */
export const correctionProbes: Readonly<Record<string, readonly Probe[]>> = {
  correction: [
    ...seen('correction', {
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
      'asks for a correction itself',
      `insert into app.correction (source, delivery_id, household_id, fact, sensitivity, their_value, their_day, our_value, our_day, evidence, found_by)
       select source, delivery_id, household_id, 'assets', sensitivity, their_value, their_day, our_value, our_day, evidence, found_by from app.correction`,
    ),
    notGranted('answers for a source', `update app.correction set state = 'adopted'`),
    notGranted('forgets a correction', 'delete from app.correction'),
    allowed('district', 'records an answer', answer('renshe')),
    allowed('pushKey', 'answers for its source', answer('renshe')),
    ...refusedByFunction([...others, 'program'], 'records an answer', answer('renshe')),
    ...refusedByFunction(['pushKey'], 'answers for another source', answer('minzheng')),
    // Without those of the household that only some may see.
    allowed('pushKey', 'fetches what its source is asked', fetched, 9),
    ...refusedByFunction(
      [...others, 'district', 'program'],
      'fetches what a source is asked',
      fetched,
    ),
  ],
  correction_file: [
    ...seen('correction_file', { district: 1, approver: 0, program: 1 }),
    allowed('district', 'makes a file', file),
    ...refusedByFunction([...others, 'program', 'pushKey'], 'makes a file', file),
    notGranted(
      'makes a file past the function',
      `insert into app.correction_file (source, number) values ('renshe', 9)`,
    ),
    notGranted('numbers a file anew', 'update app.correction_file set number = 9'),
    notGranted('forgets a file', 'delete from app.correction_file'),
  ],
}
