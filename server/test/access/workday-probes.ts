import { all, notGranted, type Probe, seen, staffOnly } from './probing.ts'

const everybody = all(1, [...staffOnly, 'program', 'pushKey'])

/** Probes of the calendar of working days: everybody counts by it, and nobody writes it past its functions. */
export const workdayProbes: Readonly<Record<string, readonly Probe[]>> = {
  workday_year: [
    ...seen('workday_year', everybody, 'year = 2025'),
    notGranted(
      'makes a year known past the function',
      `insert into app.workday_year (year, known, because) values (2090, true, '来函')`,
    ),
    notGranted('takes a year back', 'update app.workday_year set superseded_at = now()'),
    notGranted('removes a year', 'delete from app.workday_year'),
  ],
  workday_exception: [
    ...seen('workday_exception', everybody, `day = '2025-10-01'`),
    notGranted(
      'makes a holiday past the function',
      `insert into app.workday_exception (day, kind, because) values ('2090-01-01', 'holiday', '来函')`,
    ),
    notGranted('ends a holiday', 'update app.workday_exception set superseded_at = now()'),
    notGranted('removes a holiday', 'delete from app.workday_exception'),
  ],
}
