import { useQuery } from '@tanstack/react-query'
import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { EarlierRuns } from './earlier-runs.tsx'
import { NightlyComparison } from './nightly-comparison.tsx'
import { RunProgrammes } from './run-programmes.tsx'
import { RunSummary } from './run-summary.tsx'
import { RunUnderWay } from './run-under-way.tsx'
import { isUnderWay, runsQuery, useStartRun } from './use-runs.ts'
import './runs.css'

/** Reading runs is for many; starting one is granted apart. */
function mayStart(may: readonly string[]): boolean {
  return may.some((granted) => granted.startsWith('runs.') && granted !== 'runs.read')
}

export function RunsPage() {
  const { t } = useTranslation('runs')
  const { may } = useSession()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const { data, error, refetch } = useQuery(runsQuery)
  const start = useStartRun()
  const runs = data?.items
  const latest = runs?.[0]
  const finished = runs?.find((run) => !isUnderWay(run))
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={t('lead')}
        action={
          mayStart(may) ? (
            <Button
              type="primary"
              loading={start.isPending || isUnderWay(latest)}
              onClick={() =>
                start.mutate(undefined, {
                  onSuccess: () => void message.success(t('started')),
                  onError: (failure) => void message.warning(problemText(failure)),
                })
              }
            >
              {isUnderWay(latest) ? t('running') : t('start')}
            </Button>
          ) : null
        }
      />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!runs && !error ? <LoadingState rows={8} /> : null}
      {runs && runs.length === 0 ? (
        <EmptyState title={t('empty.title')} body={t('empty.body')} />
      ) : null}
      {latest && isUnderWay(latest) ? <RunUnderWay run={latest} /> : null}
      {finished ? (
        <div className="runs">
          <RunSummary run={finished} />
          {data?.comparison ? <NightlyComparison comparison={data.comparison} /> : null}
          <RunProgrammes run={finished} />
          <EarlierRuns runs={runs ?? []} />
        </div>
      ) : null}
    </>
  )
}
