import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import type { Lab, LabValue, Trial } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { ChangePanel } from './change-panel.tsx'
import { Comparison } from './comparison.tsx'
import { CostTable } from './cost-table.tsx'
import { CurveCard } from './curve-card.tsx'
import { ExperimentsCard } from './experiments-card.tsx'
import { ExportButtons } from './export-buttons.tsx'
import { GapList } from './gap-list.tsx'
import { OutcomeFigures } from './outcome-figures.tsx'
import { OutcomeTable } from './outcome-table.tsx'
import { ProgrammeTable } from './programme-table.tsx'
import { SampleLine } from './sample-line.tsx'
import { labQuery, useTrial } from './use-lab.ts'
import { readValues, writeValues } from './values.ts'
import { TABLES, useSentence } from './words.ts'
import '../runs/runs.css'
import './lab.css'

/** Where one begins who has chosen nothing. */
const FIRST_PROGRAMME = 'dibao'

export function LabPage() {
  const { t } = useTranslation('lab')
  const { data: lab, error, refetch } = useQuery(labQuery)
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={lab?.sample ? <SampleLine sample={lab.sample} /> : t('lead')}
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!lab && !error ? <LoadingState rows={8} /> : null}
      {lab?.state === 'reading' ? (
        <EmptyState title={t('reading.title')} body={t('reading.body')} />
      ) : null}
      {lab?.state === 'ready' ? <Workbench lab={lab} /> : null}
    </>
  )
}

function Workbench({ lab }: { lab: Lab }) {
  const search = useSearch({ from: '/frame/lab' })
  const navigate = useNavigate({ from: '/lab' })
  const kept = search.values ?? ''
  const [values, setValues] = useState(() => readValues(kept))
  const programme = search.programme ?? FIRST_PROGRAMME
  // The address may change under the page: back, forward, a change that is opened.
  useEffect(() => setValues(readValues(kept)), [kept])
  const rest = (next: LabValue[]) => {
    setValues(next)
    void navigate({ search: { programme, values: writeValues(next) }, replace: true })
  }
  const compare = (ids: number[]) =>
    void navigate({ search: { ...search, compare: ids.join(',') } })
  const trial = useTrial(values, true)
  const refused = trial.error instanceof Problem && trial.error.status === 422 ? trial.error : null
  if (search.compare) {
    const ids = search.compare.split(',').map(Number)
    return (
      <Comparison
        ids={ids}
        onBack={() => void navigate({ search: ({ compare: _shown, ...others }) => others })}
      />
    )
  }
  const shown = values.length > 0 ? trial.data : undefined
  return (
    <div className="lab">
      <div className="lab-side">
        <ChangePanel
          lab={lab}
          programme={programme}
          values={values}
          refusal={refused}
          onProgramme={(id) => void navigate({ search: { ...search, programme: id } })}
          onMove={setValues}
          onRest={rest}
        />
        <ExperimentsCard values={values} onOpen={rest} onCompare={compare} />
      </div>
      <div className="lab-results">
        {values.length === 0 ? <Choose /> : null}
        {trial.error && !refused && values.length > 0 ? (
          <ErrorState error={trial.error} retry={() => void trial.refetch()} />
        ) : null}
        {shown ? <Results trial={shown} /> : null}
        <CurveCard
          key={programme}
          parameters={lab.programmes.find(({ id }) => id === programme)?.parameters ?? []}
          values={values}
        />
      </div>
    </div>
  )
}

function Choose() {
  const { t } = useTranslation('lab')
  return <EmptyState title={t('choose.title')} body={t('choose.body')} />
}

function Results({ trial }: { trial: Trial }) {
  const { t } = useTranslation('lab')
  const { message } = App.useApp()
  const sentence = useSentence()
  const { sample, massLoss, gap, ms } = trial
  const percent = (share: number) => `${Number((share * 100).toFixed(2))}%`
  const share = () => {
    void navigator.clipboard?.writeText(globalThis.location.href)
    void message.success(t('keep.shared'))
  }
  return (
    <>
      <section className="card lab-answer" aria-live="polite" aria-label={t('title')}>
        <p className="lab-sentence">{sentence(trial.changes)}</p>
        <OutcomeFigures trial={trial} />
        {massLoss.exceeded ? (
          <p role="note" className="lab-mass-loss">
            {t('massLoss', {
              share: massLoss.share === null ? t('few') : percent(massLoss.share),
              limit: percent(massLoss.limit),
            })}
          </p>
        ) : null}
        <p className="lab-actions">
          <Button onClick={share}>{t('keep.share')}</Button>
          <ExportButtons trial={trial} sample={sampleText(t, sample)} />
          <span className="muted small">{t('took', { ms })}</span>
        </p>
      </section>
      <CostTable cost={trial.cost} />
      <ProgrammeTable trial={trial} />
      {gap ? <GapList gap={gap} /> : null}
      {TABLES.filter((table) => trial[table].length > 1).map((table) => (
        <OutcomeTable key={table} trial={trial} table={table} />
      ))}
      <Assumptions />
    </>
  )
}

function sampleText(
  t: ReturnType<typeof useTranslation<'lab'>>['t'],
  { area, households, persons, on, readAt, pack }: Trial['sample'],
): string {
  return t('sample', { area, households, persons, on, at: readAt, pack: pack.version })
}

function Assumptions() {
  const { t } = useTranslation('lab')
  return (
    <section className="card lab-table" aria-label={t('assumptions.title')}>
      <h2>{t('assumptions.title')}</h2>
      <ul className="lab-assumptions muted">
        {t('assumptions.items', { returnObjects: true }).map((text) => (
          <li key={text}>{text}</li>
        ))}
        <li>{t('fewNote')}</li>
      </ul>
    </section>
  )
}
