import { useTranslation } from 'react-i18next'
import './verdict.css'

export type VerdictKind =
  | 'eligible'
  | 'ineligible'
  | 'unknown'
  | 'receiving'
  | 'following'
  | 'pending'

/** A verdict is a word, a sign and a colour, never a colour alone. */
const SIGNS: Record<VerdictKind, string> = {
  eligible: '✓',
  ineligible: '–',
  unknown: '?',
  receiving: '●',
  following: '→',
  pending: '⧗',
}

export function Verdict({ kind, quiet = false }: { kind: VerdictKind; quiet?: boolean }) {
  const { t } = useTranslation()
  return (
    <span className={`verdict verdict-${kind}${quiet ? ' verdict-quiet' : ''}`}>
      <span className="verdict-sign" aria-hidden="true">
        {SIGNS[kind]}
      </span>
      {t(`verdict.${kind}`)}
    </span>
  )
}

const OF_CONDITION = { met: 'eligible', unmet: 'ineligible', unknown: 'unknown' } as const

export function ConditionVerdict({ verdict }: { verdict: 'met' | 'unmet' | 'unknown' }) {
  return <Verdict kind={OF_CONDITION[verdict]} quiet />
}
