import { useTranslation } from 'react-i18next'
import type { Run } from '../../api/views.ts'
import { Day, Moment } from '../../ui/day.tsx'
import { seconds } from './run-summary.tsx'

const STATES = ['queued', 'running', 'failed'] as const

export function EarlierRuns({ runs }: { runs: readonly Run[] }) {
  const { t } = useTranslation('runs')
  if (runs.length < 2) return null
  return (
    <section className="card run-programmes" aria-labelledby="earlier-runs">
      <h2 id="earlier-runs">{t('before')}</h2>
      <div className="run-scroll" tabIndex={0} role="group" aria-label={t('before')}>
        <table className="run-table">
          <thead>
            <tr>
              <th scope="col">{t('table.at')}</th>
              <th scope="col">{t('table.day')}</th>
              <th scope="col">{t('table.pack')}</th>
              <th scope="col" className="run-number">
                {t('table.leads')}
              </th>
              <th scope="col" className="run-number">
                {t('table.changes')}
              </th>
              <th scope="col" className="run-number">
                {t('table.took')}
              </th>
              <th scope="col">{t('table.state')}</th>
            </tr>
          </thead>
          <tbody>
            {runs.map((run) => (
              <tr key={run.id}>
                <td>
                  <Moment at={run.startedAt} />
                </td>
                <td>
                  <Day day={run.onDay} />
                </td>
                <td>{run.pack.version}</td>
                <td className="run-number number">{run.leadsRaised.toLocaleString('zh-CN')}</td>
                <td className="run-number number">
                  {(run.written + run.closed).toLocaleString('zh-CN')}
                </td>
                <td className="run-number number">{t('seconds', { seconds: seconds(run.ms) })}</td>
                <td>{t(`state.${STATES.find((state) => state === run.state) ?? 'done'}`)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
