import { Link, useNavigate } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { HouseholdRow } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'

export function HouseholdTable({ items }: { items: readonly HouseholdRow[] }) {
  const { t } = useTranslation(['households', 'words'])
  const navigate = useNavigate()
  return (
    <table className="household-table">
      <caption className="visually-hidden">{t('title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('column.head')}</th>
          <th scope="col">{t('column.registerNo')}</th>
          <th scope="col">{t('column.area')}</th>
          <th scope="col">{t('column.address')}</th>
          <th scope="col">{t('column.lead')}</th>
        </tr>
      </thead>
      <tbody>
        {items.map((household) => (
          <tr
            key={household.id}
            onClick={() =>
              void navigate({
                to: '/households/$householdId',
                params: { householdId: String(household.id) },
              })
            }
          >
            <td>
              <Link
                to="/households/$householdId"
                params={{ householdId: String(household.id) }}
                className="household-link"
                onClick={(event) => event.stopPropagation()}
              >
                {household.head}
              </Link>{' '}
              <span className="muted small">{t('words:people', { count: household.size })}</span>
            </td>
            <td className="number muted">{household.registerNo}</td>
            <td>
              {household.area.township ? (
                <span className="muted">{household.area.township} · </span>
              ) : null}
              {household.area.name}
            </td>
            <td className="household-address">{household.address}</td>
            <td>{household.leadId ? <Chip tone="bridge">{t('hasLead')}</Chip> : null}</td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
