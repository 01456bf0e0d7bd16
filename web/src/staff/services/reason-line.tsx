import { Link } from '@tanstack/react-router'
import { useTranslation } from 'react-i18next'
import type { TodayReason } from '../../api/views.ts'
import { DaysLeft } from './days-left.tsx'

/** Why a household is on the list of today: what is due by which rule, and when it was done last. */
export function ReasonLine({ reason }: { reason: TodayReason }) {
  const { t } = useTranslation(['services', 'clocks'])
  const { kind, rule, season, last, leadId, clock, promised } = reason
  const told = [
    rule ? t(`rule.${rule}`) : null,
    season ? t('reason.season', { season: t(`season.${season}`) }) : null,
    kind === 'contact' || kind === 'visit'
      ? last
        ? t('reason.lastDone', { day: last })
        : t('reason.neverDone')
      : null,
    promised || null,
  ].filter((one) => one !== null)
  return (
    <li className="today-reason">
      <strong>{clock ? t(`clocks:kind.${clock}`) : t(`reason.${kind}`)}</strong>
      <DaysLeft left={reason.left} />
      {told.length > 0 ? <span className="muted">{told.join(' · ')}</span> : null}
      {leadId ? (
        <Link to="/leads" search={{ open: String(leadId) }}>
          {t('reason.openLead')}
        </Link>
      ) : null}
      <Matter reason={reason} />
    </li>
  )
}

/** Where a warning, quick relief, case or safety task stands. */
function Matter({ reason: { kind, subjectId } }: { reason: TodayReason }) {
  const { t } = useTranslation('services')
  if (subjectId === null) return null
  const id = String(subjectId)
  const word = t('reason.open')
  if (kind === 'warning')
    return (
      <Link to="/warnings/$warningId" params={{ warningId: id }}>
        {word}
      </Link>
    )
  if (kind === 'relief')
    return (
      <Link to="/reliefs/$reliefId" params={{ reliefId: id }}>
        {word}
      </Link>
    )
  if (kind === 'case')
    return (
      <Link to="/cases/$caseId" params={{ caseId: id }}>
        {word}
      </Link>
    )
  return <Link to="/assessments">{word}</Link>
}
