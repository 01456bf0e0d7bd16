import { Switch } from 'antd'
import { useSearch } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, HouseholdFact } from '../../api/views.ts'
import { FactRow } from './fact-row.tsx'
import { FactSection } from './fact-section.tsx'
import { findFact } from './facts.ts'
import './facts-tab.css'

function isUnknown(
  household: Household,
  fact: string | undefined,
  of: string | undefined,
): boolean {
  return fact !== undefined && findFact(household, fact, of)?.state === 'unknown'
}

/** Every fact with its value, source and day; by household and by person. */
export function FactsTab({ household }: { household: Household }) {
  const { t } = useTranslation('households')
  const wanted = useSearch({ strict: false })
  const [all, setAll] = useState(isUnknown(household, wanted.fact, wanted.of))
  const known = household.facts.filter((fact) => fact.state !== 'unknown')
  const shown = all ? household.facts : known
  const owners = [
    { id: null, name: t('facts.household') },
    ...household.members.map((member) => ({ id: member.personId, name: member.name })),
  ]
  return (
    <div className="facts">
      <p className="facts-count">
        <span>{t('facts.known', { count: known.length })}</span>
        <span className="muted">
          {t('facts.unknown', { count: household.facts.length - known.length })}
        </span>
        <label>
          <Switch
            size="small"
            checked={all}
            onChange={setAll}
            aria-label={t('facts.showUnknown')}
          />
          {t('facts.showUnknown')}
        </label>
      </p>
      {owners.map((owner) => (
        <FactTable
          key={owner.id ?? 'household'}
          title={owner.name}
          facts={shown.filter((fact) => fact.personId === owner.id)}
          household={household}
        />
      ))}
    </div>
  )
}

interface FactTableProps {
  title: string
  facts: readonly HouseholdFact[]
  household: Household
}

function FactTable({ title, facts, household }: FactTableProps) {
  const { t } = useTranslation('households')
  const { fact: wanted, of } = useSearch({ strict: false })
  if (facts.length === 0) return null
  return (
    <FactSection
      title={title}
      headings={{
        fact: t('facts.fact'),
        value: t('facts.value'),
        source: t('facts.source'),
        day: t('facts.day'),
        shelf: t('facts.shelf'),
        change: <span className="visually-hidden">{t('form.change')}</span>,
      }}
    >
      {facts.map((fact) => (
        <FactRow
          key={fact.fact}
          fact={fact}
          household={household}
          startsOpen={fact.fact === wanted && String(fact.personId ?? '') === (of ?? '')}
        />
      ))}
    </FactSection>
  )
}
