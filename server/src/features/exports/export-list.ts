import type { Static, TObject, TSchema } from 'typebox'
import type { AuditField } from '../../platform/audit.ts'
import type { Tx } from '../../platform/db/database.ts'
import { classesIn } from '../../platform/http/masking.ts'
import type { ShownColumn } from './export.ts'

/** More rows than this are not read at once; the list is narrowed by its filters. */
export const mostRead = 100_000

type Column<Row> = Readonly<{
  name: string
  cell: (row: Row) => string
  /** Of which property, where that bears a class by which it is masked. */
  of?: string
}>

type Listed<Filters extends TObject, Shape extends TSchema> = Readonly<{
  /** Also the beginning of the name of the file. */
  id: string
  name: string
  en: string
  /** What somebody's role must grant; its classes are all that the file may hold. */
  right: string
  filters: Filters
  /** What is declared of a row. */
  row: Shape
  columns: readonly Column<Static<Shape>>[]
  /** Action and fields of the entry in the log. */
  action: string
  fields: readonly AuditField[]
  /** Stands beneath the rows. */
  note?: string
  /** Filters in words, as `政策：最低生活保障`. */
  say: (tx: Tx, filters: Static<Filters>) => Promise<readonly string[]>
  /** In the order of the list, at most `most`. */
  read: (tx: Tx, filters: Static<Filters>, most: number) => Promise<readonly Static<Shape>[]>
}>

/** A list of people or households that can be taken along as a file. Its feature declares it, `app.ts` hands it in. */
export type ExportList = Listed<TObject, TSchema>

export function exportList<Filters extends TObject, Shape extends TSchema>(
  list: Listed<Filters, Shape>,
): ExportList {
  return list as unknown as ExportList
}

type IsClear = (fieldClass: string, hasDuty: boolean) => boolean

/** The columns that somebody is shown at all: those of a class never shown to them are left out. */
export function columnsFor(
  { columns, row }: Pick<ExportList, 'columns' | 'row'>,
  isClear: IsClear,
): (Column<unknown> & Pick<ShownColumn, 'shown'>)[] {
  const { properties = {} } = row as Partial<TObject>
  return columns.flatMap((column) => {
    const property = properties[column.of ?? '']
    const [fieldClass] = property ? classesIn(property) : []
    const shown =
      fieldClass === undefined || isClear(fieldClass, false)
        ? 'clear'
        : isClear(fieldClass, true)
          ? 'duty'
          : undefined
    return shown ? [{ ...column, shown }] : []
  })
}
