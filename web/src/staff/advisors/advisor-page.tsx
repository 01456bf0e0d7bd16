import { useQuery } from '@tanstack/react-query'
import { Link, useParams } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { areasQuery } from '../../api/areas.ts'
import type { Advisor } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Day, Moment } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { CertificateDialog } from './certificate-dialog.tsx'
import { Certificates } from './certificates.tsx'
import { Duties } from './duties.tsx'
import { RecordDialog } from './record-dialog.tsx'
import { StandingChip } from './standing.tsx'
import { Trained } from './trained.tsx'
import { advisorQuery } from './use-advisors.ts'
import './advisors.css'

/** One advisor: what is on record, whether they are certified, and what stood before. */
export function AdvisorPage() {
  const { staffId } = useParams({ from: '/frame/advisors/$staffId' })
  const { data, error, refetch } = useQuery(advisorQuery(staffId))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  return data ? <Card advisor={data} /> : <LoadingState rows={8} />
}

function Card({ advisor }: { advisor: Advisor }) {
  const { t } = useTranslation('advisors')
  const [open, setOpen] = useState<'record' | 'certificate'>()
  const { name, roleName, areaName, standing, records, may, staffId } = advisor
  const close = () => setOpen(undefined)
  return (
    <>
      <PageTitle
        back={<Link to="/advisors">{t('title')}</Link>}
        title={
          <>
            {name} <StandingChip standing={standing} />
          </>
        }
        summary={`${roleName} · ${shortAreaName(areaName)}`}
        action={
          <>
            {may.print ? (
              <Button href={`/api/advisors/${staffId}/badge.pdf`} target="_blank">
                {t('badge.print')}
              </Button>
            ) : null}
            {may.write ? (
              <Button
                type={records.length > 0 ? 'default' : 'primary'}
                onClick={() => setOpen('record')}
              >
                {t(records.length > 0 ? 'record.edit' : 'record.new')}
              </Button>
            ) : null}
            {may.write && records.length > 0 ? (
              <Button type="primary" onClick={() => setOpen('certificate')}>
                {t('certificate.new')}
              </Button>
            ) : null}
          </>
        }
      />
      <div className="advisor-columns">
        <Records records={records} />
        <div className="advisor-column">
          <Certificates advisor={advisor} />
          <Duties advisor={advisor} />
          <Trained advisor={advisor} />
        </div>
      </div>
      {open === 'record' ? <RecordDialog advisor={advisor} onClose={close} /> : null}
      {open === 'certificate' ? <CertificateDialog staffId={staffId} onClose={close} /> : null}
    </>
  )
}

function Records({ records: [stands, ...before] }: { records: Advisor['records'] }) {
  const { t } = useTranslation('advisors')
  const { data: areas = [] } = useQuery(areasQuery)
  const nameOf = (id: string) => shortAreaName(areas.find((one) => one.id === id)?.name ?? id)
  return (
    <section className="card advisor-part" aria-label={t('record.title')}>
      <h2>{t('record.title')}</h2>
      {stands ? (
        <dl className="station-facts">
          <dt>{t('record.kind')}</dt>
          <dd>{t(`kind.${stands.kind}`)}</dd>
          <dt>{t('record.level')}</dt>
          <dd>{t(`level.${stands.level}`)}</dd>
          <dt>{t('record.areas')}</dt>
          <dd>{stands.areas.map(nameOf).join(t('comma'))}</dd>
          <dt>{t('record.station')}</dt>
          <dd>{stands.stationName ?? t('none')}</dd>
          <dt>{t('record.organisation')}</dt>
          <dd>{stands.organisation ?? t('none')}</dd>
          <dt>{t('record.grades')}</dt>
          <dd>{stands.grades.map((one) => t(`grade.${one}`)).join(t('comma')) || t('none')}</dd>
          <dt>{t('record.days')}</dt>
          <dd>
            <Day day={stands.from} /> {t('to')} {stands.to ? <Day day={stands.to} /> : t('openEnd')}
          </dd>
        </dl>
      ) : (
        <p className="muted">{t('record.none')}</p>
      )}
      {before.length > 0 ? (
        <details>
          <summary>{t('record.before', { count: before.length })}</summary>
          <ol className="advisor-before">
            {before.map((one) => (
              <li key={one.version}>
                {t(`kind.${one.kind}`)} · {t(`level.${one.level}`)} ·{' '}
                {one.areas.map(nameOf).join(t('comma'))}
                <span className="muted small">
                  {' '}
                  <Moment at={one.recordedAt} /> {t('to')} <Moment at={one.supersededAt} />
                </span>
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </section>
  )
}
