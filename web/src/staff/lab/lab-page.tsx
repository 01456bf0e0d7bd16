import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useEffect, useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import type { Lab, LabValue, SampleCell, Trial } from '../../api/views.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { Answer } from './answer.tsx'
import { Assumptions } from './assumptions.tsx'
import { ChangePanel } from './change-panel.tsx'
import { Comparison } from './comparison.tsx'
import { CostTable } from './cost-table.tsx'
import { CurveCard } from './curve-card.tsx'
import { ExperimentsCard } from './experiments-card.tsx'
import { GapList } from './gap-list.tsx'
import { OutcomeTable } from './outcome-table.tsx'
import { ProgrammeTable } from './programme-table.tsx'
import { RuleEditor } from './rule-editor.tsx'
import { SampleDrawer } from './sample-drawer.tsx'
import { SampleLine } from './sample-line.tsx'
import { labQuery, useTrial } from './use-lab.ts'
import { type Change, isNone, readRules, readValues, writeRules, writeValues } from './values.ts'
import { TABLES } from './words.ts'
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
      {error ? <NotRead error={error} retry={() => void refetch()} /> : null}
      {!lab && !error ? <LoadingState rows={8} /> : null}
      {lab?.state === 'reading' ? (
        <EmptyState title={t('reading.title')} body={t('reading.body')} />
      ) : null}
      {lab?.state === 'ready' ? <Workbench lab={lab} /> : null}
    </>
  )
}

function Workbench({ lab }: { lab: Lab }) {
  const { t } = useTranslation('lab')
  const search = useSearch({ from: '/frame/lab' })
  const navigate = useNavigate({ from: '/lab' })
  const { values: keptValues = '', rules: keptRules = '' } = search
  const [values, setValues] = useState<readonly LabValue[]>(() => readValues(keptValues))
  const rules = useMemo(() => readRules(keptRules), [keptRules])
  const change = useMemo(() => ({ values, rules }), [values, rules])
  const programme = search.programme ?? FIRST_PROGRAMME
  // The address may change under the page: back, forward, a change that is opened.
  useEffect(() => setValues(readValues(keptValues)), [keptValues])
  const rest = (next: Partial<Change>) => {
    const made = { ...change, ...next }
    setValues(made.values)
    const written = { values: writeValues(made.values), rules: writeRules(made.rules) }
    void navigate({ search: { programme, ...written }, replace: true })
  }
  const compare = (ids: number[]) =>
    void navigate({ search: { ...search, compare: ids.join(',') } })
  const chosen = lab.programmes.find(({ id }) => id === programme)
  const trial = useTrial(change)
  const [behind, look] = useState<{ cell: SampleCell; name: string }>()
  const open = (cell: SampleCell, name: string) => look({ cell, name })
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
  const shown = isNone(change) || refused ? undefined : trial.data
  return (
    <div className="lab">
      <div className="lab-side">
        <ChangePanel
          lab={lab}
          programme={programme}
          change={change}
          refusal={refused}
          onProgramme={(id) => void navigate({ search: { ...search, programme: id } })}
          onMove={setValues}
          onRest={rest}
        />
        <ExperimentsCard change={change} onOpen={rest} onCompare={compare} />
      </div>
      <div className="lab-results">
        {isNone(change) ? <Choose /> : null}
        {refused ? <EmptyState title={t('refusedTitle')} body={t('refusedBody')} /> : null}
        {trial.error && !refused && !isNone(change) ? (
          <ErrorState error={trial.error} retry={() => void trial.refetch()} />
        ) : null}
        {shown ? <Answer trial={shown} onOpen={open} /> : null}
        <RuleEditor
          key={programme}
          programme={programme}
          name={chosen?.name ?? programme}
          rules={rules}
          problems={refused?.errors ?? []}
          onTry={(next) => rest({ rules: next })}
        />
        {shown ? <Results trial={shown} onOpen={open} /> : null}
        <CurveCard
          key={`curve ${programme}`}
          parameters={chosen?.parameters ?? []}
          change={change}
        />
        {shown ? <Assumptions /> : null}
        <SampleDrawer
          change={change}
          cell={shown && behind?.cell}
          name={behind?.name ?? ''}
          onClose={() => look(undefined)}
        />
      </div>
    </div>
  )
}

/** Too little memory is told in the server's own words: how much it takes, how much there is. */
function NotRead({ error, retry }: { error: Error; retry: () => void }) {
  const { t } = useTranslation('lab')
  const isTooLarge = error instanceof Problem && error.type.endsWith('/lab-too-large')
  if (!isTooLarge) return <ErrorState error={error} retry={retry} />
  return (
    <div role="alert">
      <EmptyState
        title={t('tooLarge')}
        body={error.detail ?? error.message}
        action={<Button onClick={retry}>{t('tryAgain')}</Button>}
      />
    </div>
  )
}

interface ResultsProps {
  trial: Trial
  onOpen: (cell: SampleCell, name: string) => void
}

function Choose() {
  const { t } = useTranslation('lab')
  return <EmptyState title={t('choose.title')} body={t('choose.body')} />
}

function Results({ trial, onOpen }: ResultsProps) {
  return (
    <>
      <CostTable cost={trial.cost} />
      <ProgrammeTable trial={trial} />
      {trial.gap ? <GapList gap={trial.gap} /> : null}
      {TABLES.filter((table) => trial[table].length > 1).map((table) => (
        <OutcomeTable key={table} trial={trial} table={table} onOpen={onOpen} />
      ))}
    </>
  )
}
