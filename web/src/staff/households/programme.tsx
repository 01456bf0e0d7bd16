import { RightOutlined } from '@ant-design/icons'
import { Link, useSearch } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Result } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { AmountText } from '../../ui/money.tsx'
import { Verdict, type VerdictKind } from '../../ui/verdict.tsx'
import { AmountWorkedOut } from './amount-worked-out.tsx'
import { ConditionTable } from './condition-table.tsx'
import { MissingFacts } from './missing-facts.tsx'
import { ProvisionalAnswer } from './provisional-answer.tsx'
import './programme.css'

interface ProgrammeProps {
  result: Result
  household: Household
  /** Names of the recognitions this one would come with. */
  via: readonly string[]
  startsOpen: boolean
}

function kindOf(result: Result): VerdictKind {
  if (result.group === 'receiving') return 'receiving'
  if (result.group === 'following') return 'following'
  return result.verdict
}

const REASONS = [
  'missing-facts',
  'parameter-expired',
  'parameter-missing',
  'status-pending',
  'condition-unconfirmed',
] as const

/** Whether a standard, rather than a fact, is what keeps the answer open. */
function waitsForStandard(result: Result): boolean {
  return result.reasons.some((reason) => reason.startsWith('parameter'))
}

export function Programme({ result, household, via, startsOpen }: ProgrammeProps) {
  const { t } = useTranslation(['households', 'words'])
  const wanted = useSearch({ strict: false }).programme
  const [open, setOpen] = useState(startsOpen || wanted === result.programme)
  const body = useId()
  const kind = kindOf(result)
  const reasons = REASONS.filter((reason) => result.reasons.includes(reason))
  return (
    <article className={`card programme programme-${kind}`}>
      <h4 className="programme-heading">
        <button
          type="button"
          className="plain-button programme-open"
          aria-expanded={open}
          aria-controls={body}
          onClick={() => setOpen(!open)}
        >
          <RightOutlined className="programme-arrow" rotate={open ? 90 : 0} />
          <span className="programme-name">
            {result.programmeName}
            {result.tierName ? <span className="muted small">{result.tierName}</span> : null}
            {result.memberName ? <Chip tone="outline">{result.memberName}</Chip> : null}
            {result.nearMiss ? <Chip tone="outline">{t('nearMiss')}</Chip> : null}
          </span>
          <span className="programme-verdicts">
            <Verdict kind={kind} />
            {waitsForStandard(result) ? <Verdict kind="pending" /> : null}
            {kind === 'eligible' && result.receiving === 'unknown' ? (
              <Chip tone="outline">{t('words:receipt.unknown')}</Chip>
            ) : null}
          </span>
          <span className="programme-amount">
            {kind === 'ineligible' ? null : <AmountText amount={result.amount} />}
          </span>
        </button>
      </h4>
      <div id={body} className="programme-body" hidden={!open}>
        {reasons.length > 0 && kind !== 'ineligible' ? (
          <p className="programme-reasons">
            {reasons.map((reason) => t(`reason.${reason}`)).join(' · ')}
          </p>
        ) : null}
        {via.length > 0 ? (
          <p className="muted">{t('following.via', { programmes: via.join('、') })}</p>
        ) : null}
        <ConditionTable result={result} household={household} />
        {result.verdict === 'ineligible' ? null : (
          <MissingFacts result={result} household={household} />
        )}
        {result.verdict === 'ineligible' ? null : <AmountWorkedOut result={result} />}
        {result.provisional ? <ProvisionalAnswer provisional={result.provisional} /> : null}
        <footer className="programme-foot">
          <Link to="/policies/$policyId" params={{ policyId: result.programme }}>
            {t('policyPage')}
          </Link>
          {result.nextChange ? (
            <span className="muted small">{t('nextChange', { day: result.nextChange })}</span>
          ) : null}
        </footer>
      </div>
    </article>
  )
}
