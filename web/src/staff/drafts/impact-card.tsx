import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'
import type { Draft } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { CostTable } from '../lab/cost-table.tsx'
import { OutcomeFigures } from '../lab/outcome-figures.tsx'
import { OutcomeTable } from '../lab/outcome-table.tsx'
import { ProgrammeTable } from '../lab/programme-table.tsx'
import { labQuery } from '../lab/use-lab.ts'
import { TABLES } from '../lab/words.ts'
import { useDraftActions } from './use-drafts.ts'
import { useTrouble } from './use-trouble.ts'

/** Who gains, who loses and what it costs, over the whole district, for exactly this draft. */
export function ImpactCard({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { impact } = draft
  return (
    <>
      <section className="card draft-card" aria-label={t('impact.title')}>
        <h2>{t('impact.title')}</h2>
        {impact ? null : <EmptyState title={t('impact.none')} body={t('impact.noneBody')} />}
        {impact ? <Answer impact={impact} from={draft.from} /> : null}
        <TryButton draft={draft} />
      </section>
      {impact ? (
        <>
          <CostTable cost={impact.effect.cost} />
          <ProgrammeTable trial={impact.effect} />
          {TABLES.filter((table) => impact.effect[table].length > 1).map((table) => (
            <OutcomeTable key={table} trial={impact.effect} table={table} />
          ))}
        </>
      ) : null}
    </>
  )
}

type Impact = NonNullable<Draft['impact']>

function Answer({ impact, from }: { impact: Impact; from: string | null }) {
  const { t } = useTranslation('drafts')
  const { effect, secondApprover, at, by } = impact
  const { sample, massLoss } = effect
  const percent = (share: number) => `${Number((share * 100).toFixed(2))}%`
  return (
    <>
      <OutcomeFigures trial={effect} />
      {secondApprover ? (
        <p role="note" className="lab-mass-loss">
          {t('impact.massLoss', {
            share: massLoss.share === null ? t('impact.few') : percent(massLoss.share),
            limit: percent(massLoss.limit),
          })}
        </p>
      ) : null}
      <p className="muted small">
        {t('impact.sample', {
          area: sample.area,
          households: sample.households,
          persons: sample.persons,
          day: sample.on,
          pack: sample.pack.version,
          by: by ?? '',
        })}{' '}
        <Moment at={at} />
        {from ? ` · ${t('impact.asOfStart', { day: from })}` : ''}
      </p>
      <p className="muted small">{t('impact.assumptions')}</p>
    </>
  )
}

function TryButton({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { impact } = useDraftActions(draft.id)
  const trouble = useTrouble()
  const { data: lab } = useQuery(labQuery)
  if (draft.state === 'published' || draft.state === 'withdrawn') return null
  const reading = lab?.state !== 'ready'
  const error =
    impact.error instanceof Problem && impact.error.type.endsWith('lab-reading')
      ? null
      : impact.error
  return (
    <>
      <Button
        disabled={reading}
        loading={impact.isPending}
        onClick={() => impact.mutate({ revision: draft.revision })}
      >
        {t(draft.impact ? 'impact.again' : 'impact.button')}
      </Button>
      {reading ? <p className="muted small">{t('impact.reading')}</p> : null}
      {error ? (
        <p role="alert" className="draft-trouble">
          {trouble(error)}
        </p>
      ) : null}
    </>
  )
}
