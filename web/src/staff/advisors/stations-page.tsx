import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Station } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { StationDialog } from './station-dialog.tsx'
import { stationsQuery } from './use-advisors.ts'
import './advisors.css'

const STATES = ['open', 'coming', 'closed'] as const
const TONES = { open: 'bridge', coming: 'outline', closed: 'plain' } as const

/** 服务站点: where advisors meet people, by area. */
export function StationsPage() {
  const { t } = useTranslation('advisors')
  const { area, state } = useSearch({ from: '/frame/stations' })
  const navigate = useNavigate({ from: '/stations' })
  const { data, error, refetch } = useQuery(stationsQuery(area))
  /** A station, or a new one. */
  const [stating, setStating] = useState<Station | 'new'>()
  const shown = (data?.items ?? []).filter((one) => !state || one.state === state)
  return (
    <>
      <PageTitle
        title={t('stations.title')}
        summary={data ? t('stations.count', { count: shown.length }) : null}
        action={
          <>
            <Select
              className="advisors-filter"
              allowClear
              aria-label={t('stations.anyState')}
              placeholder={t('stations.anyState')}
              value={STATES.find((one) => one === state) ?? null}
              options={STATES.map((value) => ({ value, label: t(`stations.state.${value}`) }))}
              onChange={(next: string | null | undefined) =>
                void navigate({ search: { area, state: next ?? undefined }, replace: true })
              }
            />
            {data?.may.write ? (
              <Button type="primary" onClick={() => setStating('new')}>
                {t('stations.new')}
              </Button>
            ) : null}
          </>
        }
      />
      <section className="card" aria-label={t('stations.title')}>
        {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
        {!data && !error ? <LoadingState rows={6} /> : null}
        {data && shown.length === 0 ? (
          <EmptyState title={t('stations.empty')} body={t('stations.emptyHint')} />
        ) : null}
        <ul className="advisors-list">
          {shown.map((station) => (
            <Row key={station.id} station={station} onState={setStating} />
          ))}
        </ul>
      </section>
      {stating ? (
        <StationDialog
          station={stating === 'new' ? undefined : stating}
          onClose={() => setStating(undefined)}
        />
      ) : null}
    </>
  )
}

function Row({ station, onState }: { station: Station; onState: (station: Station) => void }) {
  const { t } = useTranslation('advisors')
  const { id, name, areaId, areaName, level, address, hours, phone, state, from, to, advisors } =
    station
  return (
    <li className="station-row">
      <div>
        <h2>
          {name} <Chip tone={TONES[state]}>{t(`stations.state.${state}`)}</Chip>
        </h2>
        <p className="muted small">
          {t(`level.${level}`)} · {areaName} · {t('stations.since')} <Day day={from} />
          {to ? (
            <>
              {' '}
              {t('stations.until')} <Day day={to} />
            </>
          ) : null}
        </p>
      </div>
      <dl className="station-facts">
        <dt>{t('stations.address')}</dt>
        <dd>{address}</dd>
        <dt>{t('stations.hours')}</dt>
        <dd>{hours}</dd>
        {phone ? (
          <>
            <dt>{t('stations.phone')}</dt>
            <dd className="number">{phone}</dd>
          </>
        ) : null}
      </dl>
      <div className="station-acts">
        <Link to="/advisors" search={{ area: areaId }}>
          {t('stations.advisors', { count: advisors })}
        </Link>
        <a href={`/api/stations/${id}/sign.pdf`} target="_blank" rel="noreferrer">
          {t('stations.sign')}
        </a>
        {station.may.write ? (
          <Button size="small" onClick={() => onState(station)}>
            {t('stations.edit')}
          </Button>
        ) : null}
      </div>
    </li>
  )
}
