import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { NeedsAssessment } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { ClassChip } from './class-chip.tsx'
import { DriverBars } from './driver-bars.tsx'
import { pointsOf } from './use-assessments.ts'

/** One assessment: its grade and class, what drove them, and how long it holds. */
export function Standing({ one, action }: { one: NeedsAssessment; action: ReactNode }) {
  const { t } = useTranslation('assessments')
  const stands = one.changedTo ?? one.proposed
  return (
    <section className="card assess-card" aria-label={t('title')}>
      <header className="assess-head">
        <p className="assess-grade">
          <span className="muted">{t('standing.grade')}</span>
          <strong>{one.grade ? t(`grade.${one.grade}`) : t('grade.open')}</strong>
        </p>
        {stands ? <ClassChip value={stands} /> : null}
        {one.state === 'draft' || one.state === 'submitted' ? (
          <Chip tone="outline">{t(`standing.${one.state}`)}</Chip>
        ) : null}
        <div className="assess-action">{action}</div>
      </header>
      {one.redLines.length > 0 ? (
        <p className="assess-red">
          <strong>{t('standing.redLines')}</strong>{' '}
          {one.redLines.map((red) => t(`redLine.${red}`)).join(t('standing.and'))}
        </p>
      ) : null}
      {one.changedTo && one.proposed ? (
        <p>
          {t('standing.changed', {
            proposed: t(`class.${one.proposed}`),
            changed: t(`class.${one.changedTo}`),
            because: one.changedBecause ?? '',
          })}
        </p>
      ) : null}
      <DriverBars one={one} />
      <Facts one={one} />
      <p className="muted small">{t('standing.advice')}</p>
    </section>
  )
}

function Facts({ one }: { one: NeedsAssessment }) {
  const { t } = useTranslation('assessments')
  const [least, most] = [pointsOf(one.least ?? 0), pointsOf(one.most ?? 0)]
  const score =
    least === most
      ? t('standing.scoreOne', { score: least })
      : t('standing.scoreRange', { least, most })
  return (
    <dl className="assess-facts">
      <Fact name={t('standing.score')}>
        <span className="number">{score}</span>
      </Fact>
      <Fact name={t('standing.onDay')}>
        <Day day={one.onDay} />
      </Fact>
      {one.validUntil ? (
        <Fact name={t('standing.validUntil')}>
          <Day day={one.validUntil} />
        </Fact>
      ) : null}
      {one.assessor ? <Fact name={t('standing.assessor')}>{one.assessor}</Fact> : null}
      {one.approvedBy ? <Fact name={t('standing.approvedBy')}>{one.approvedBy}</Fact> : null}
      <Fact name={t('weights.weight')}>
        {t('standing.weights', { id: one.weightsId })}{' '}
        {one.weightsConfirmed ? null : <Chip tone="amber">{t('proposed')}</Chip>}
      </Fact>
    </dl>
  )
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}
