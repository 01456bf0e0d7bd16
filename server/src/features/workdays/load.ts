import { shippedDays, yearsOf } from './shipped.ts'

/** A connection as role `owner`: past the function that asks for the administrator. */
type Connection = Readonly<{ query: (text: string, values: unknown[]) => Promise<unknown> }>

/**
 * Brings the shipped years into the database; run at every start. Of a year of which anything was ever stated it
 * changes nothing: from then on the table is the district's.
 */
export async function loadWorkdays(connection: Connection): Promise<void> {
  const shipped = shippedDays()
  const years = yearsOf(shipped)
  const days = shipped.filter(({ day }) => years.has(Number(day.slice(0, 4))))
  await connection.query(
    `with fresh as (
       insert into app.workday_year (year, known, because)
       select year, true, '随程序提供，依据国务院办公厅当年节假日安排通知' from unnest($1::int[]) year
       where not exists (select from app.workday_year one where one.year = year.year)
         and not exists (select from app.workday_exception
           where day between make_date(year.year, 1, 1) and make_date(year.year, 12, 31))
       returning year)
     insert into app.workday_exception (day, kind, name, because)
     select day, kind, name, '随程序提供'
     from unnest($2::date[], $3::text[], $4::text[]) shipped (day, kind, name)
     where extract(year from day) in (select year from fresh)`,
    [
      [...years],
      days.map(({ day }) => day),
      days.map(({ kind }) => kind),
      days.map(({ name }) => name),
    ],
  )
}
