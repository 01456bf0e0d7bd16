import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Condition, Household, Read, Result } from '../../api/views.ts'
import { FactSource } from '../../ui/fact-source.tsx'
import { memberName } from './facts.ts'

interface ReadsProps {
  condition: Condition
  result: Result
  household: Household
  /** What stands above in bold: the fact of that name is not said twice. */
  measured: string | undefined
}

/** As many facts as a condition lists before it says how many more there are. */
const SHOWN = 4

/** The facts a condition read, each with its source and day; a press opens the records behind it. */
export function Reads({ condition, result, household, measured }: ReadsProps) {
  const { t } = useTranslation('words')
  const [all, setAll] = useState(false)
  const shown = all ? condition.reads : condition.reads.slice(0, SHOWN)
  const rest = condition.reads.length - shown.length
  if (condition.reads.length === 0) return null
  return (
    <ul className="reads">
      {shown.map((read) => (
        <li key={`${read.fact}-${read.member ?? ''}`}>
          <ReadLine
            read={read}
            result={result}
            household={household}
            isSaid={condition.reads.length === 1 && read.name === measured}
          />
        </li>
      ))}
      {rest > 0 ? (
        <li>
          <button type="button" className="plain-button reads-more" onClick={() => setAll(true)}>
            {t('more', { count: rest })}
          </button>
        </li>
      ) : null}
    </ul>
  )
}

interface ReadLineProps {
  read: Read
  result: Result
  household: Household
  isSaid: boolean
}

function ReadLine({ read, result, household, isSaid }: ReadLineProps) {
  const { t } = useTranslation(['households', 'words'])
  const whose = read.member === result.member ? '' : memberName(household, read.member)
  const name = whose ? `${whose} ${read.name}` : read.name
  const isUnknown = read.state === 'unknown'
  const source = <FactSource source={read.source} day={read.day} />
  const records = (
    <Link
      to="/households/$householdId"
      params={{ householdId: String(household.id) }}
      search={{ tab: 'facts', fact: read.fact, ...(read.member ? { of: read.member } : {}) }}
      className={isUnknown ? 'read read-unknown' : 'read'}
      title={t('openFact')}
    >
      {isSaid ? source : isUnknown ? t('words:unknown') : read.valueText}
    </Link>
  )
  if (isSaid) return isUnknown ? null : records
  return (
    <>
      <span className="muted">{name}</span> {records}
      {isUnknown ? null : source}
    </>
  )
}
