import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import { policyQuery } from '../../api/policies.ts'
import type { Award, Household, Result } from '../../api/views.ts'
import { Verdict } from '../../ui/verdict.tsx'
import { AmountWorkedOut } from './amount-worked-out.tsx'
import { ConditionTable } from './condition-table.tsx'
import { MissingFacts } from './missing-facts.tsx'
import { ProvisionalAnswer } from './provisional-answer.tsx'

const REASONS = [
  'missing-facts',
  'parameter-expired',
  'parameter-missing',
  'status-pending',
  'condition-unconfirmed',
  'null-unknown',
] as const

interface ProgrammeBodyProps {
  result: Result
  household: Household
  via: readonly string[]
}

/** The conditions behind an answer, what is missing, what it would pay, and what stands apart. */
export function ProgrammeBody({ result, household, via }: ProgrammeBodyProps) {
  const { t } = useTranslation('households')
  const { data: policy } = useQuery(policyQuery(result.programme))
  const isOpen = result.verdict !== 'ineligible'
  const reasons = isOpen ? REASONS.filter((reason) => result.reasons.includes(reason)) : []
  return (
    <>
      {result.group === 'receiving' ? <Receiving result={result} household={household} /> : null}
      {reasons.length > 0 ? (
        <p className="programme-reasons">
          {reasons.map((reason) => t(`reason.${reason}`)).join('；')}
        </p>
      ) : null}
      {via.length > 0 ? (
        <p className="muted">{t('following.via', { programmes: via.join('、') })}</p>
      ) : null}
      <ConditionTable result={result} household={household} policy={policy} />
      {isOpen ? <MissingFacts result={result} household={household} /> : null}
      {isOpen ? <AmountWorkedOut result={result} policy={policy} /> : null}
      {result.provisional ? <ProvisionalAnswer provisional={result.provisional} /> : null}
      <footer className="programme-foot">
        <Link to="/policies/$policyId" params={{ policyId: result.programme }}>
          {t('policyPage')}
        </Link>
        {result.nextChange ? (
          <span className="muted small">{t('nextChange', { day: result.nextChange })}</span>
        ) : null}
      </footer>
    </>
  )
}

function awardOf(household: Household, { programme, member }: Result): Award | undefined {
  return household.awards.find(
    (award) =>
      award.programme === programme &&
      award.state === 'receiving' &&
      (award.personId === null || member === undefined || String(award.personId) === member),
  )
}

/** Since when it is received, and what the facts say of it today. */
function Receiving({ result, household }: { result: Result; household: Household }) {
  const { t } = useTranslation('households')
  const award = awardOf(household, result)
  return (
    <p className="receiving-since">
      {award ? (
        <span className="muted">
          {t('receiving.since', { day: award.from, source: award.source })}
        </span>
      ) : null}
      <span>
        {t('receiving.byFacts')} <Verdict kind={result.verdict} quiet />
      </span>
    </p>
  )
}
