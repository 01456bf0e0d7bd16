import { RightOutlined } from '@ant-design/icons'
import { useSearch } from '@tanstack/react-router'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Household, Result } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { AmountInShort } from '../../ui/money.tsx'
import { Verdict, type VerdictKind } from '../../ui/verdict.tsx'
import { ProgrammeBody } from './programme-body.tsx'
import './programme.css'

interface ProgrammeProps {
  result: Result
  household: Household
  /** Names of the recognitions this one would come with. */
  via: readonly string[]
  startsOpen: boolean
}

function kindOf(result: Result): VerdictKind {
  if (result.group === 'receiving' || result.group === 'following') return result.group
  return result.verdict
}

/** Whether a standard, rather than a fact, is what keeps the answer open. */
function waitsForStandard(result: Result): boolean {
  return result.reasons.some((reason) => reason.startsWith('parameter'))
}

/** One programme's answer; it opens to its conditions. */
export function Programme({ result, household, via, startsOpen }: ProgrammeProps) {
  const wanted = useSearch({ strict: false }).programme
  const [open, setOpen] = useState(startsOpen || wanted === result.programme)
  // What was typed inside survives folding; what was never opened is not drawn.
  const [opened, setOpened] = useState(open)
  const body = useId()
  function turn(): void {
    setOpen(!open)
    setOpened(true)
  }
  return (
    <article
      className={`card programme programme-${kindOf(result)}`}
      data-programme={result.programme}
      data-tier={result.tier}
      data-member={result.member}
    >
      <h4 className="programme-heading">
        <button
          type="button"
          className="plain-button programme-open"
          aria-expanded={open}
          aria-controls={body}
          onClick={turn}
        >
          <RightOutlined className="programme-arrow" rotate={open ? 90 : 0} />
          <ProgrammeName result={result} />
          <Verdicts result={result} />
          <span className="programme-amount">
            {result.verdict === 'ineligible' ? null : <AmountInShort amount={result.amount} />}
          </span>
        </button>
      </h4>
      <div id={body} className="programme-body" hidden={!open}>
        {opened ? <ProgrammeBody result={result} household={household} via={via} /> : null}
      </div>
    </article>
  )
}

function ProgrammeName({ result }: { result: Result }) {
  const { t } = useTranslation('households')
  const { programmeName, tierName, memberName } = result
  const isSaid = !tierName || programmeName.includes(tierName)
  return (
    <span className="programme-name">
      {programmeName}
      {isSaid ? null : <span className="muted small">{tierName}</span>}
      {memberName ? <Chip tone="outline">{memberName}</Chip> : null}
      {result.nearMiss ? <Chip tone="outline">{t('nearMiss')}</Chip> : null}
    </span>
  )
}

function Verdicts({ result }: { result: Result }) {
  const { t } = useTranslation('words')
  const kind = kindOf(result)
  return (
    <span className="programme-verdicts">
      <Verdict kind={kind} />
      {waitsForStandard(result) ? <Verdict kind="pending" /> : null}
      {kind === 'eligible' && result.receiving === 'unknown' ? (
        <Chip tone="outline">{t('receipt.unknown')}</Chip>
      ) : null}
    </span>
  )
}
