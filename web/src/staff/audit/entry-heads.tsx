import { useTranslation } from 'react-i18next'

export type EntryColumn = 'at' | 'who' | 'what' | 'of' | 'fields' | 'why' | 'from'

/** Heads of a table of entries; its name is for those who hear it. */
export function EntryHeads({ name, columns }: { name: string; columns: readonly EntryColumn[] }) {
  const { t } = useTranslation('audit')
  return (
    <>
      <caption className="visually-hidden">{name}</caption>
      <thead>
        <tr>
          {columns.map((column) => (
            <th key={column} scope="col">
              {t(`column.${column}`)}
            </th>
          ))}
        </tr>
      </thead>
    </>
  )
}
