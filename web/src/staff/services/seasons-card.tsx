import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { VisitSeason } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment, useToday } from '../../ui/day.tsx'
import { EmptyState, useProblemText } from '../../ui/states.tsx'
import { SeasonDialog } from './season-dialog.tsx'
import { useEndSeason } from './use-services.ts'

interface SeasonsCardProps {
  seasons: VisitSeason[]
  mayWrite: boolean
}

/** 加密时段: when intervals are shorter, and why. */
export function SeasonsCard({ seasons, mayWrite }: SeasonsCardProps) {
  const { t } = useTranslation('services')
  const [stating, setStating] = useState(false)
  return (
    <section className="card visit-seasons" aria-labelledby="visit-seasons">
      <header className="services-head">
        <h2 id="visit-seasons">{t('rules.seasons')}</h2>
        {mayWrite ? <Button onClick={() => setStating(true)}>{t('rules.newSeason')}</Button> : null}
      </header>
      <p className="muted">{t('rules.seasonsLead')}</p>
      {seasons.length === 0 ? (
        <EmptyState title={t('rules.noSeason.title')} body={t('rules.noSeason.body')} />
      ) : null}
      <ul className="services-list">
        {seasons.map((season) => (
          <SeasonItem key={season.id} season={season} mayWrite={mayWrite} />
        ))}
      </ul>
      {stating ? <SeasonDialog onClose={() => setStating(false)} /> : null}
    </section>
  )
}

function SeasonItem({ season, mayWrite }: { season: VisitSeason; mayWrite: boolean }) {
  const { t } = useTranslation('services')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const end = useEndSeason()
  const { id, kind, from, to, percent, because, recordedAt, recordedBy, ended } = season
  const name = t(`season.${kind}`)
  const takeBack = () =>
    end.mutate(id, {
      onSuccess: () => void message.success(t('rules.ended')),
      onError: (error) => void message.warning(problemText(error)),
    })
  return (
    <li>
      <p className="visit-rule-head">
        <strong>{name}</strong>
        <span className="number">{t('rules.seasonText', { from, to, percent })}</span>
        {ended ? <Chip>{t('rules.ended')}</Chip> : null}
        {mayWrite && !ended && to >= today ? (
          <Button
            size="small"
            aria-label={t('rules.endOf', { season: name })}
            loading={end.isPending}
            onClick={takeBack}
          >
            {t('rules.end')}
          </Button>
        ) : null}
      </p>
      <p className="muted small">
        {because} · {recordedBy ? t('rules.statedBy', { name: recordedBy }) : null}{' '}
        <Moment at={recordedAt} />
      </p>
    </li>
  )
}
