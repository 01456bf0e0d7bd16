import { useSearch } from '@tanstack/react-router'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Explanation, Group, Household, Result } from '../../api/views.ts'
import { Advice } from '../../ui/advice.tsx'
import { useToday } from '../../ui/day.tsx'
import { EmptyState } from '../../ui/states.tsx'
import { Programme } from './programme.tsx'
import { countQuestions, QuestionsContext } from './questions.ts'

interface ProgrammeListProps {
  household: Household
  explanation: Explanation
}

/** First what can be done now; what does not fit comes last and folded. */
const ORDER: readonly Group[] = ['eligible', 'unknown', 'receiving', 'following', 'ineligible']

/** Undecided programmes shown before one asks for the rest: a household has dozens. */
const FIRST_UNDECIDED = 8

/** More money first, then what needs the fewest questions. */
function byWorth(one: Result, other: Result): number {
  const worth = (result: Result) => (result.amount.kind === 'exact' ? result.amount.fen : 0)
  return worth(other) - worth(one) || one.missing.length - other.missing.length
}

export function ProgrammeList({ household, explanation }: ProgrammeListProps) {
  const { t } = useTranslation('households')
  const today = useToday()
  const names = new Map(explanation.results.map((one) => [one.programme, one.programmeName]))
  const questions = useMemo(() => countQuestions(explanation.results), [explanation])
  return (
    <QuestionsContext value={questions}>
      <section className="programmes" aria-labelledby="programmes">
        <header className="programmes-head">
          <h2 id="programmes">{t('help')}</h2>
          <Advice />
        </header>
        {explanation.on === today ? null : (
          <p className="programmes-past">{t('asOfPast', { day: explanation.on })}</p>
        )}
        {explanation.results.length === 0 ? (
          <EmptyState title={t('nothing.title')} body={t('nothing.body')} />
        ) : null}
        {ORDER.map((group) => {
          const results = explanation.results.filter((result) => result.group === group)
          if (results.length === 0) return null
          return (
            <ProgrammeGroup
              key={group}
              group={group}
              results={results.toSorted(byWorth)}
              household={household}
              names={names}
              first={group === 'unknown' ? FIRST_UNDECIDED : results.length}
            />
          )
        })}
        <p className="muted small">
          {t('pack', { version: explanation.pack.version })} · {explanation.on}
        </p>
      </section>
    </QuestionsContext>
  )
}

interface ProgrammeGroupProps {
  group: Group
  results: readonly Result[]
  household: Household
  names: ReadonlyMap<string, string>
  /** How many are shown at first; what the address names is shown wherever it stands. */
  first: number
}

function ProgrammeGroup({ group, results, household, names, first }: ProgrammeGroupProps) {
  const { t } = useTranslation('households')
  const foldable = group === 'ineligible'
  const { programme: named } = useSearch({ from: '/frame/households/$householdId' })
  const [shown, setShown] = useState(!foldable)
  const [all, setAll] = useState(false)
  const from =
    all || results.slice(first).some((one) => one.programme === named) ? results.length : first
  return (
    <section className="programme-group" aria-label={t(`group.${group}`)}>
      <header>
        <h3>
          {t(`group.${group}`)} <span className="muted number">{results.length}</span>
        </h3>
        <p className="muted small">{t(`groupHint.${group}`)}</p>
        {foldable ? (
          <button
            type="button"
            className="plain-button programme-fold"
            aria-expanded={shown}
            onClick={() => setShown(!shown)}
          >
            {shown ? t('hideIneligible') : t('showIneligible', { count: results.length })}
          </button>
        ) : null}
      </header>
      {shown
        ? results
            .slice(0, from)
            .map((result, index) => (
              <Programme
                key={`${result.programme}-${result.tier ?? ''}-${result.member ?? ''}`}
                result={result}
                household={household}
                via={(result.via ?? []).map((id) => names.get(id) ?? id)}
                startsOpen={group === 'eligible' && index === 0}
              />
            ))
        : null}
      {shown && from < results.length ? (
        <button type="button" className="plain-button programme-more" onClick={() => setAll(true)}>
          {t('showMore', { count: results.length - from })}
        </button>
      ) : null}
    </section>
  )
}
