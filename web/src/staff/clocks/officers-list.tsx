import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { areasQuery } from '../../api/areas.ts'
import type { DutyOfficer } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { OfficerDialog } from './officer-dialog.tsx'
import { officersQuery } from './use-clocks.ts'

/** Whom it goes to when a time limit runs out: one person for an area and for each right inside it. */
export function OfficersList({ area }: { area: string | undefined }) {
  const { t } = useTranslation('clocks')
  const navigate = useNavigate({ from: '/clocks' })
  const { data: areas = [] } = useQuery(areasQuery)
  const { data, error, refetch } = useQuery(officersQuery(area))
  const townships = areas.filter(({ level }) => level === 'township')
  return (
    <>
      <p className="muted">{t('officers.hint')}</p>
      {townships.length > 1 ? (
        <Select
          className="clocks-area"
          aria-label={t('officers.pick')}
          placeholder={t('officers.pick')}
          allowClear
          value={area}
          options={townships.map(({ id, name }) => ({ value: id, label: name }))}
          onChange={(next?: string) =>
            void navigate({
              search: { tab: 'officers', ...(next ? { area: next } : {}) },
              replace: true,
            })
          }
        />
      ) : null}
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      <ul className="clocks-list">
        {data?.items.map((one) => (
          <OfficerItem key={one.areaId} one={one} mayName={data.may} />
        ))}
      </ul>
    </>
  )
}

function OfficerItem({ one, mayName }: { one: DutyOfficer; mayName: boolean }) {
  const { t } = useTranslation('clocks')
  const [naming, setNaming] = useState(false)
  return (
    <li className="card clocks-item">
      <p className="clocks-head">
        <strong>{one.areaName}</strong>
        {one.officer ? (
          <span>{one.officer}</span>
        ) : (
          <span className="muted">{t('officers.none')}</span>
        )}
        {one.from ? (
          <span className="muted small">
            {t('officers.from', { day: one.from })}{' '}
            {one.to ? t('officers.until', { day: one.to }) : null}
          </span>
        ) : null}
        {mayName ? (
          <Button
            size="small"
            aria-label={t('officers.nameFor', { area: one.areaName })}
            onClick={() => setNaming(true)}
          >
            {t('officers.name')}
          </Button>
        ) : null}
      </p>
      {one.next && one.nextFrom ? (
        <p className="muted small">{t('officers.next', { day: one.nextFrom, name: one.next })}</p>
      ) : null}
      {naming ? <OfficerDialog one={one} onClose={() => setNaming(false)} /> : null}
    </li>
  )
}
