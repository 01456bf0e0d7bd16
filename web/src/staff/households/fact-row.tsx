import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, HouseholdFact } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day, useToday } from '../../ui/day.tsx'
import { AskButton } from '../change-requests/ask-button.tsx'
import { AskedNote } from '../corrections/asked-note.tsx'
import { fieldOfFact } from '../change-requests/asked-field.ts'
import { FactForm } from './fact-form.tsx'
import { FactWords } from './fact-words.tsx'
import { memberName } from './facts.ts'
import { factHistoryQuery } from './use-household.ts'

interface FactRowProps {
  fact: HouseholdFact
  household: Household
  /** Somebody came for this very fact: its records are shown at once. */
  startsOpen?: boolean
}

function actionOf(fact: HouseholdFact, editable: boolean) {
  if (!editable) return 'facts.see'
  return fact.state === 'unknown' ? 'facts.record' : 'form.change'
}

export function FactRow({ fact, household, startsOpen = false }: FactRowProps) {
  const { t } = useTranslation(['households', 'words'])
  const today = useToday()
  const [open, setOpen] = useState(startsOpen)
  const row = useRef<HTMLTableRowElement>(null)
  useEffect(() => {
    if (startsOpen) row.current?.scrollIntoView({ block: 'center' })
  }, [startsOpen])
  const expired = fact.shelfUntil ? fact.shelfUntil < today : false
  // An age or a status follows from other things; only what has a question is recorded.
  const editable = household.may.includes('record-fact') && fact.ask !== undefined
  return (
    <>
      <tr ref={row}>
        <th scope="row">
          {fact.name}
          {fact.sensitivity === 'need-signal' ? (
            <>
              {' '}
              <Chip tone="outline">{t('facts.sensitive')}</Chip>
            </>
          ) : null}
        </th>
        <td className="number">
          {fact.state === 'unknown' ? (
            <span className="read-unknown">{t('words:unknown')}</span>
          ) : null}
          {fact.state === 'known-none' ? t('words:none') : null}
          {fact.state === 'known' ? fact.valueText : null}
        </td>
        <td className="muted">
          {fact.source}
          <FactBasis fact={fact} />
          {fact.state === 'unknown' ? null : (
            <AskedNote householdId={household.id} fact={fact.fact} personId={fact.personId} />
          )}
        </td>
        <td>{fact.verifiedOn ? <Day day={fact.verifiedOn} /> : null}</td>
        <td>
          {fact.shelfUntil ? <Day day={fact.shelfUntil} /> : null}
          {expired ? <span className="read-unknown"> {t('facts.expired')}</span> : null}
        </td>
        <td className="fact-action">
          <Button size="small" type="text" aria-expanded={open} onClick={() => setOpen(!open)}>
            {open ? t('words:fold') : t(actionOf(fact, editable))}
          </Button>
        </td>
      </tr>
      {open || isOpenConflict(fact) ? <FactWordsRow fact={fact} household={household} /> : null}
      {open ? (
        <tr className="fact-detail">
          <td colSpan={6}>
            {editable ? (
              <FactForm
                household={household}
                fact={fact}
                whose={memberName(household, fact.personId)}
                ask={fact.ask ?? null}
                onDone={() => setOpen(false)}
              />
            ) : null}
            {editable && fact.state !== 'unknown' ? (
              <AskButton
                household={household}
                about={[memberName(household, fact.personId), fact.name]
                  .filter(Boolean)
                  .join(' · ')}
                fields={[fieldOfFact(fact)]}
              />
            ) : null}
            <History fact={fact} household={household} />
          </td>
        </tr>
      ) : null}
    </>
  )
}

function isOpenConflict({ others }: HouseholdFact): boolean {
  return others.some(({ agrees, settled }) => !agrees && settled === null)
}

/** Shown at once while sources differ and nobody has decided; what is decided, or says the same, when it is opened. */
function FactWordsRow({ fact, household }: FactRowProps) {
  if (fact.others.length === 0) return null
  return (
    <tr className="fact-detail">
      <td colSpan={6}>
        <FactWords fact={fact} household={household} />
      </td>
    </tr>
  )
}

/** What lets it be known; said aloud where matching may not use it. */
function FactBasis({ fact: { source, basisName, covers } }: { fact: HouseholdFact }) {
  const { t } = useTranslation('households')
  if (!basisName) return null
  return (
    <span className="fact-basis small">
      {basisName === source ? null : basisName}
      {covers === false ? <Chip tone="amber">{t('facts.notCovered')}</Chip> : null}
    </span>
  )
}

function History({ fact, household }: FactRowProps) {
  const { t } = useTranslation('households')
  const { data } = useQuery(factHistoryQuery(String(household.id), fact.fact, fact.personId))
  if (!data) return null
  return (
    <section className="fact-history">
      <h3>{t('facts.history')}</h3>
      {data.length === 0 ? <p className="muted">{t('facts.noHistory')}</p> : null}
      <ol>
        {data.map((row) => (
          <li key={`${row.recordedAt}-${row.validFrom}`}>
            <span className="number">{row.valueText}</span>
            <span className="muted small">
              {row.source} · {row.basisName} · <Day day={row.verifiedOn} />
            </span>
            {row.supersededAt ? null : <Chip tone="bridge">{t('facts.current')}</Chip>}
          </li>
        ))}
      </ol>
    </section>
  )
}
