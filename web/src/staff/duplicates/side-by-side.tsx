import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { Duplicate } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'

const FIELDS = ['name', 'idNumber', 'birthDate', 'sex', 'phone', 'address'] as const
type Person = Duplicate['first']

/** Both persons, field by field; a field that differs is marked in colour and in words. */
export function SideBySide({ pair }: { pair: Duplicate }) {
  const { t } = useTranslation('duplicates')
  const standings = new Map(pair.fields.map(({ field, standing }) => [field, standing]))
  return (
    <table className="card duplicate-table">
      <caption className="visually-hidden">{t('sideBySide')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('field.label')}</th>
          <Head person={pair.first} />
          <Head person={pair.second} />
        </tr>
      </thead>
      <tbody>
        {FIELDS.map((field) => {
          const standing = standings.get(field) ?? 'unknown'
          return (
            <tr key={field} className={standing === 'differs' ? 'duplicate-differs' : undefined}>
              <th scope="row">
                {t(`field.${field}`)}{' '}
                <Chip tone={standing === 'differs' ? 'amber' : 'outline'}>
                  {t(`standing.${standing}`)}
                </Chip>
              </th>
              <Value person={pair.first} field={field} />
              <Value person={pair.second} field={field} />
            </tr>
          )
        })}
      </tbody>
    </table>
  )
}

function Head({ person }: { person: Person }) {
  return (
    <th scope="col">
      <Link to="/households/$householdId" params={{ householdId: String(person.householdId) }}>
        <span className="number">{person.registerNo}</span>
      </Link>
      <span className="muted small"> {shortAreaName(person.area.name)}</span>
    </th>
  )
}

function Value({ person, field }: { person: Person; field: (typeof FIELDS)[number] }) {
  const { t } = useTranslation('duplicates')
  const value = person[field]
  if (field === 'idNumber' && !value && person.temporaryNo)
    return <td>{t('temporary', { number: person.temporaryNo })}</td>
  if (!value) return <td className="muted">{t('unknown')}</td>
  if (field === 'sex') return <td>{value === '1' || value === '2' ? t(`sex.${value}`) : value}</td>
  return <td className={field === 'name' || field === 'address' ? undefined : 'number'}>{value}</td>
}
