import { useTranslation } from 'react-i18next'
import type { Relief } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { Money } from '../../ui/money.tsx'

/** What happened, what was seen, decided and explained. */
export function ReliefFacts({ relief }: { relief: Relief }) {
  const { t } = useTranslation(['reliefs', 'words'])
  return (
    <dl className="card relief-facts">
      <dt>{t('cause.label')}</dt>
      <dd>
        {t(`cause.${relief.cause}`)} · {t('words:people', { count: relief.people })}
      </dd>
      <dt>{t('happened')}</dt>
      <dd>
        {relief.happened}
        <p className="muted small">
          {relief.reportedBy} · <Day day={relief.reportedOn} />
        </p>
      </dd>
      {relief.visitedOn ? (
        <>
          <dt>{t('seen')}</dt>
          <dd>
            {relief.seen}
            <p className="muted small">
              <Day day={relief.visitedOn} />
            </p>
          </dd>
        </>
      ) : null}
      <Decided relief={relief} />
      {relief.explanation ? (
        <>
          <dt>{t('explanation')}</dt>
          <dd>
            {relief.explanation}
            {relief.explainedOn ? (
              <p className="muted small">
                <Day day={relief.explainedOn} />
              </p>
            ) : null}
          </dd>
        </>
      ) : null}
    </dl>
  )
}

function Decided({ relief }: { relief: Relief }) {
  const { t } = useTranslation('reliefs')
  const { grantedFen, lineFen, lineSource, lineStated, way, because, decidedOn } = relief
  if (grantedFen !== null && lineFen !== null)
    return (
      <>
        <dt>{t('granted')}</dt>
        <dd>
          <strong>
            <Money fen={grantedFen} />
          </strong>{' '}
          {way ? t(`way.${way}`) : null}
          <p className="muted small">
            {t('measured')} <Money fen={lineFen} per="month" /> · {lineSource}
            {lineStated ? ` · ${t('lineStated')}` : null}
            {decidedOn ? (
              <>
                {' · '}
                <Day day={decidedOn} />
              </>
            ) : null}
          </p>
        </dd>
      </>
    )
  if (because === null) return null
  return (
    <>
      <dt>{t(relief.state === 'withdrawn' ? 'withdrawnBecause' : 'refusedBecause')}</dt>
      <dd>{because}</dd>
    </>
  )
}
