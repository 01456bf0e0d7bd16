import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Correction } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { ClockButton } from '../clocks/clock-section.tsx'
import { TimeLeft } from '../clocks/time-left.tsx'
import { AnswerDialog } from './answer-dialog.tsx'

const TONES = {
  waiting: 'amber',
  sent: 'outline',
  adopted: 'bridge',
  refused: 'plain',
  withdrawn: 'plain',
} as const

/** One fact of which a source is asked to put its word right: both words, and how far it came. */
export function CorrectionItem({ one }: { one: Correction }) {
  const { t } = useTranslation('corrections')
  const [answering, setAnswering] = useState(false)
  const { id, sourceName, household, areaName, factName, state, fileNumber } = one
  return (
    <li className="card correction-item">
      <div className="correction-words">
        <Link to="/households/$householdId" params={{ householdId: String(household.id) }}>
          {one.person ?? t('household')} · {factName}
        </Link>
        <span className="muted small">
          <span className="number">{household.registerNo}</span> {shortAreaName(areaName)} ·{' '}
          {t('called', { source: sourceName, id })}
        </span>
      </div>
      <dl className="correction-values">
        <div>
          <dt>{t('theirs', { source: sourceName })}</dt>
          <dd>
            <span className="number">{one.theirs}</span> <Day day={one.theirDay} />
          </dd>
        </div>
        <div>
          <dt>{t('ours')}</dt>
          <dd>
            <span className="number">{one.ours}</span> <Day day={one.ourDay} />
          </dd>
        </div>
        <div>
          <dt>{t('evidence')}</dt>
          <dd>
            {one.evidence} <span className="muted">{one.foundBy}</span>
          </dd>
        </div>
      </dl>
      <div className="correction-state">
        <Chip tone={TONES[state]}>{t(`state.${state}`)}</Chip>
        {one.sentAt ? (
          <span className="muted small">
            {fileNumber === null ? t('byInterface') : t('inFile', { number: fileNumber })}{' '}
            <Day day={one.sentAt} />
          </span>
        ) : null}
        {one.clock && one.clock.state !== 'ended' ? <TimeLeft clock={one.clock} /> : null}
        {one.clock ? (
          <ClockButton clock={one.clock} of={t('called', { source: sourceName, id })} />
        ) : null}
        {one.closedAt ? (
          <span className="muted small">
            {one.broughtBy === null ? one.answeredBy : t('brought', { id: one.broughtBy })}{' '}
            <Day day={one.closedAt} />
          </span>
        ) : null}
        {one.because ? <span className="small">{one.because}</span> : null}
        {one.mayAnswer ? (
          <Button
            size="small"
            aria-label={t('answerOf', { id })}
            onClick={() => setAnswering(true)}
          >
            {t('answer')}
          </Button>
        ) : null}
      </div>
      {answering ? <AnswerDialog one={one} onClose={() => setAnswering(false)} /> : null}
    </li>
  )
}
