import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Services } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { DaysLeft } from './days-left.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { ServiceItem } from './service-item.tsx'
import { TierDialog } from './tier-dialog.tsx'
import { servicesQuery } from './use-services.ts'
import './services.css'

/** 服务: when the household is to be seen next and why, how closely it is followed, and what was done for it. */
export function ServicesTab({ household }: { household: Household }) {
  const { t } = useTranslation('services')
  const { data, error, refetch } = useQuery(servicesQuery(household.id))
  const [recording, setRecording] = useState(false)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  const head = household.members[0]?.name ?? household.registerNo
  return (
    <div className="services">
      <Rhythm household={household} services={data} />
      <section className="card services-records" aria-labelledby="services-records">
        <header className="services-head">
          <h2 id="services-records">{t('tab.records')}</h2>
          {data.may.includes('record') ? (
            <Button type="primary" onClick={() => setRecording(true)}>
              {t('tab.record')}
            </Button>
          ) : null}
        </header>
        {data.items.length === 0 ? (
          <EmptyState title={t('tab.empty.title')} body={t('tab.empty.body')} />
        ) : (
          <ul className="services-list">
            {data.items.map((one) => (
              <ServiceItem key={one.id} household={household} service={one} />
            ))}
          </ul>
        )}
      </section>
      {recording ? (
        <RecordDialog householdId={household.id} name={head} onClose={() => setRecording(false)} />
      ) : null}
    </div>
  )
}

function Rhythm({ household, services }: { household: Household; services: Services }) {
  const { t } = useTranslation('services')
  const [setting, setSetting] = useState(false)
  const { due, tier, may } = services
  return (
    <section className="card services-rhythm" aria-labelledby="services-rhythm">
      <h2 id="services-rhythm">{t('tab.due')}</h2>
      {due.length === 0 ? <p className="muted">{t('tab.noDue')}</p> : null}
      <ul className="services-due">
        {due.map((one) => (
          <li key={one.kind}>
            <strong>{t(`kind.${one.kind}`)}</strong>
            <span className="number">{t('tab.dueOn', { day: one.due })}</span>
            <DaysLeft left={one.left} />
            <span className="muted">
              {[
                one.reason ? t(`rule.${one.reason}`) : t('reason.hidden'),
                one.season ? t('reason.season', { season: t(`season.${one.season}`) }) : null,
                one.last ? t('reason.lastDone', { day: one.last }) : t('reason.neverDone'),
              ]
                .filter((text) => text !== null)
                .join(' · ')}
            </span>
          </li>
        ))}
      </ul>
      <p className="services-tier">
        <span className="muted">{t('tab.tier')}</span>
        {tier ? (
          <>
            <Chip>{t(`tier.${tier.tier}`)}</Chip>
            <span>{tier.because}</span>
            <span className="muted small">
              {tier.recordedBy ? t('tab.tierBy', { name: tier.recordedBy }) : null}{' '}
              <Moment at={tier.recordedAt} />
            </span>
          </>
        ) : (
          <span>{t('tab.noTier')}</span>
        )}
        {may.includes('set-tier') ? (
          <Button size="small" onClick={() => setSetting(true)}>
            {t('tab.setTier')}
          </Button>
        ) : null}
      </p>
      {setting ? (
        <TierDialog householdId={household.id} tier={tier} onClose={() => setSetting(false)} />
      ) : null}
    </section>
  )
}
