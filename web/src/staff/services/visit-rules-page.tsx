import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VisitRule } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { useEveryText } from './every-text.ts'
import { RuleDialog } from './rule-dialog.tsx'
import { SeasonsCard } from './seasons-card.tsx'
import { visitRulesQuery } from './use-services.ts'
import './services.css'

/** 走访频次: how often by tier and by what is on record, on what it rests, and in which seasons more often. */
export function VisitRulesPage() {
  const { t } = useTranslation('services')
  const { data, error, refetch } = useQuery(visitRulesQuery)
  return (
    <>
      <PageTitle
        title={t('rules.title')}
        summary={t('rules.lead')}
        back={<Link to="/today">{t('rules.back')}</Link>}
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={8} /> : null}
      {data ? (
        <>
          <ul className="visit-rules">
            {data.items.map((rule) => (
              <RuleItem key={rule.key} rule={rule} mayWrite={data.may.write} />
            ))}
          </ul>
          <SeasonsCard seasons={data.seasons} mayWrite={data.may.write} />
        </>
      ) : null}
    </>
  )
}

function RuleItem({ rule, mayWrite }: { rule: VisitRule; mayWrite: boolean }) {
  const { t } = useTranslation('services')
  const [editing, setEditing] = useState(false)
  const everyText = useEveryText()
  const name = t(`rule.${rule.key}`)
  const often = (of: Pick<VisitRule, 'contact' | 'visit'>) =>
    (['contact', 'visit'] as const)
      .filter((kind) => of[kind])
      .map((kind) => `${t(`rules.${kind}`)} ${everyText(of[kind])}`)
      .join(' · ')
  return (
    <li className="card visit-rule">
      <p className="visit-rule-head">
        <strong>{name}</strong>
        <span className="number">{often(rule)}</span>
        {rule.proposed ? (
          <span title={t('rules.proposedHint')}>
            <Chip tone="amber">{t('rules.proposed')}</Chip>
          </span>
        ) : null}
        {mayWrite ? (
          <Button
            size="small"
            aria-label={t('rules.editOf', { rule: name })}
            onClick={() => setEditing(true)}
          >
            {t('rules.edit')}
          </Button>
        ) : null}
      </p>
      <Stated of={rule} />
      {rule.others.length > 0 ? (
        <details className="small">
          <summary>{t('rules.others')}</summary>
          <ol>
            {rule.others.map((one) => (
              <li key={`${one.from} ${one.recordedAt}`}>
                {often(one)}
                <Stated of={one} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
      {editing ? <RuleDialog rule={rule} onClose={() => setEditing(false)} /> : null}
    </li>
  )
}

function Stated({ of }: { of: Pick<VisitRule, 'from' | 'source' | 'recordedAt' | 'recordedBy'> }) {
  const { t } = useTranslation('services')
  return (
    <p className="muted small">
      {t('rules.from', { day: of.from })} · {of.source} ·{' '}
      {of.recordedBy === null ? (
        t('rules.shipped')
      ) : (
        <>
          {t('rules.statedBy', { name: of.recordedBy })} <Moment at={of.recordedAt} />
        </>
      )}
    </p>
  )
}
