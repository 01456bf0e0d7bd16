import { Progress } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Run } from '../../api/views.ts'

/** How far the run is that is going on now. */
export function RunUnderWay({ run }: { run: Run }) {
  const { t } = useTranslation('runs')
  const of = Math.max(run.expected, run.households)
  return (
    <section className="card run-under-way" aria-live="polite">
      <p>
        {of > 0
          ? t('progress', {
              done: run.households.toLocaleString('zh-CN'),
              of: of.toLocaleString('zh-CN'),
            })
          : t('progressUnknown')}
      </p>
      <Progress
        percent={of > 0 ? Math.floor((run.households / of) * 100) : 0}
        status="active"
        aria-label={t('running')}
      />
    </section>
  )
}
