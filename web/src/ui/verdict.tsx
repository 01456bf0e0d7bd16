import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import './verdict.css'

export type VerdictKind =
  | 'eligible'
  | 'ineligible'
  | 'unknown'
  | 'receiving'
  | 'following'
  | 'pending'

/** ⧗, drawn: few fonts of an office machine have it. */
function Hourglass() {
  return (
    <svg className="verdict-hourglass" viewBox="0 0 10 12" aria-hidden="true">
      <path d="M1 1h8L5 6l4 5H1l4-5z" />
    </svg>
  )
}

/** A verdict is a word, a sign and a colour, never a colour alone. */
const SIGNS: Record<VerdictKind, ReactNode> = {
  eligible: '✓',
  ineligible: '–',
  unknown: '?',
  receiving: '●',
  following: '→',
  pending: <Hourglass />,
}

interface VerdictProps {
  kind: VerdictKind
  /** Without its ground, for tables. */
  quiet?: boolean
  /** Another word for the same sign, where a single condition is meant. */
  word?: string
}

export function Verdict({ kind, quiet = false, word }: VerdictProps) {
  const { t } = useTranslation()
  return (
    <span className={`verdict verdict-${kind}${quiet ? ' verdict-quiet' : ''}`}>
      <span className="verdict-sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      {word ?? t(`verdict.${kind}`)}
    </span>
  )
}

const OF_CONDITION = { met: 'eligible', unmet: 'ineligible', unknown: 'unknown' } as const

export function ConditionVerdict({ verdict }: { verdict: 'met' | 'unmet' | 'unknown' }) {
  const { t } = useTranslation()
  return <Verdict kind={OF_CONDITION[verdict]} word={t(`condition.${verdict}`)} quiet />
}
