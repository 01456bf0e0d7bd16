import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { WorkdayYear } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment, useToday } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { DayDialog } from './day-dialog.tsx'
import { MonthGrid } from './month-grid.tsx'
import { workdaysQuery } from './use-workdays.ts'
import { YearDialog } from './year-dialog.tsx'
import './workdays.css'

/** A year at a glance: which days are off, which are worked against their weekday, and who said so. */
export function WorkdaysPage() {
  const { t } = useTranslation('workdays')
  const search = useSearch({ from: '/frame/workdays' })
  const today = useToday()
  const year = Number(search.year) || Number(today.slice(0, 4))
  const { data, error, refetch } = useQuery(workdaysQuery(year))
  return (
    <>
      <PageTitle title={t('title')} summary={t('lead')} />
      <YearSwitch year={year} />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data ? <Table key={data.year} table={data} /> : null}
    </>
  )
}

function YearSwitch({ year }: { year: number }) {
  const { t } = useTranslation('workdays')
  const navigate = useNavigate({ from: '/workdays' })
  const show = (next: number) =>
    void navigate({ search: { year: String(next) }, replace: true, resetScroll: false })
  return (
    <div className="workdays-years" role="group" aria-label={t('year')}>
      <Button disabled={year <= 2000} onClick={() => show(year - 1)}>
        {year - 1}
      </Button>
      <strong className="number">{year}</strong>
      <Button disabled={year >= 2100} onClick={() => show(year + 1)}>
        {year + 1}
      </Button>
    </div>
  )
}

function Table({ table }: { table: WorkdayYear }) {
  const { t } = useTranslation('workdays')
  const mayWrite = useSession().may.includes('workdays.write')
  const [picked, setPicked] = useState<string>()
  const [stating, setStating] = useState(false)
  const special = new Map(table.days.map((one) => [one.day, one]))
  const count = (kind: string) => table.days.filter((one) => one.kind === kind).length
  return (
    <>
      <div className="workdays-state">
        <Chip tone={table.known ? 'bridge' : 'amber'}>{t(table.known ? 'known' : 'unknown')}</Chip>
        <span>{t('counts', { holidays: count('holiday'), makeUps: count('make-up') })}</span>
        {mayWrite ? (
          <Button onClick={() => setStating(true)}>
            {t(table.known ? 'state.close' : 'state.open')}
          </Button>
        ) : null}
      </div>
      {table.known ? null : (
        <p className="workdays-notice" role="status">
          {t('unknownHint')}
        </p>
      )}
      <ul className="workdays-legend" aria-label={t('legend')}>
        <li className="workdays-holiday">{t('kind.holiday')}</li>
        <li className="workdays-make-up">{t('kind.make-up')}</li>
        <li className="workdays-weekend">{t('weekend')}</li>
        {mayWrite ? <li className="muted">{t('hint')}</li> : null}
      </ul>
      <div className="card workdays-year">
        {Array.from({ length: 12 }, (_, place) => (
          <MonthGrid
            key={place}
            year={table.year}
            month={place + 1}
            special={special}
            onPick={mayWrite ? setPicked : undefined}
          />
        ))}
      </div>
      <Changes table={table} />
      <DayDialog table={table} day={picked} onClose={() => setPicked(undefined)} />
      {stating ? <YearDialog table={table} onClose={() => setStating(false)} /> : null}
    </>
  )
}

function Changes({ table: { changes } }: { table: WorkdayYear }) {
  const { t } = useTranslation('workdays')
  return (
    <section className="card workdays-changes" aria-label={t('changes.title')}>
      <h2>{t('changes.title')}</h2>
      {changes.length === 0 ? <p className="muted">{t('changes.none')}</p> : null}
      <ol>
        {changes.map((one) => (
          <li key={`${one.recordedAt} ${one.day}`}>
            <strong>
              {one.kind === 'known' || one.kind === 'unknown'
                ? t(`changes.${one.kind}`)
                : [one.day, t(`kind.${one.kind}`), one.name].filter(Boolean).join(' ')}
            </strong>{' '}
            {one.because}
            <span className="muted">
              {one.recordedBy} · <Moment at={one.recordedAt} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}
