import { useTranslation } from 'react-i18next'
import type { Run } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'

function figure(value: number): string {
  return value.toLocaleString('zh-CN')
}

export function seconds(ms: number): string {
  return (ms / 1000).toFixed(1)
}

/** The last finished run in figures that each say what they are. */
export function RunSummary({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  const figures = [
    { key: 'households', value: run.households },
    { key: 'persons', value: run.persons },
    { key: 'leadsRaised', value: run.leadsRaised },
    { key: 'linesClosed', value: run.linesClosed },
  ] as const
  const changes = [
    { key: 'written', value: run.written },
    { key: 'closed', value: run.closed },
    { key: 'unchanged', value: run.unchanged },
  ] as const
  return (
    <section className="card run-summary" aria-labelledby="last-run">
      <header>
        <h2 id="last-run">{t('last')}</h2>
        <p className="muted">
          <Moment at={run.finishedAt ?? run.startedAt} /> · {t('onDay', { day: run.onDay })} ·{' '}
          {t('pack')} {run.pack.version} · {t('took', { seconds: seconds(run.ms) })}
        </p>
      </header>
      <dl className="run-figures">
        {figures.map(({ key, value }) => (
          <div key={key}>
            <dt>{t(key)}</dt>
            <dd className="number">{figure(value)}</dd>
          </div>
        ))}
      </dl>
      <p className="run-changes">
        <span className="muted">{t('changes')}</span>
        {changes.map(({ key, value }) => (
          <span key={key}>
            {t(key)} <strong className="number">{figure(value)}</strong>
          </span>
        ))}
      </p>
    </section>
  )
}
