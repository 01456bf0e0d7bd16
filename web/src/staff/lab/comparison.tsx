import { useQueries, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Experiment, Trial } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { experimentsQuery, trialQuery } from './use-lab.ts'
import { useCount, useSentence, useYuan } from './words.ts'

const OUTCOMES = ['gains', 'loses', 'moves', 'open', 'unchanged'] as const

/** Two to four kept changes beside one another, each worked out on the same sample. */
export function Comparison({ ids, onBack }: { ids: readonly number[]; onBack: () => void }) {
  const { t } = useTranslation('lab')
  const { data: kept } = useQuery(experimentsQuery)
  const found = ids.flatMap((id) => kept?.find((one) => one.id === id) ?? []).slice(0, 4)
  const trials = useQueries({
    queries: found.map(({ parameters, rules }) => trialQuery({ values: parameters, rules })),
  })
  const error = trials.find((trial) => trial.error)?.error
  const done = trials.flatMap(({ data }, i) => {
    const experiment = found[i]
    return data && experiment ? [{ experiment, trial: data }] : []
  })
  return (
    <section className="card lab-table" aria-label={t('compare.title')}>
      <h2>{t('compare.title')}</h2>
      <p className="lab-note">
        <Button onClick={onBack}>{t('compare.back')}</Button>
      </p>
      {kept && found.length < ids.length ? (
        <p role="alert" className="lab-note">
          {t('compare.missing')}
        </p>
      ) : null}
      {error ? <ErrorState error={error} /> : null}
      {!error && done.length < found.length ? <LoadingState rows={6} /> : null}
      {done.length > 0 ? <ComparisonTable columns={done} /> : null}
    </section>
  )
}

type Column = Readonly<{ experiment: Experiment; trial: Trial }>

function ComparisonTable({ columns }: { columns: readonly Column[] }) {
  const { t } = useTranslation('lab')
  const [count, yuan, sentence] = [useCount(), useYuan(), useSentence()]
  const rows: [string, (trial: Trial) => string][] = [
    [t('compare.what'), sentence],
    ...OUTCOMES.map((key): [string, (trial: Trial) => string] => [
      t(`outcome.${key}`),
      ({ total }) => count(total[key]),
    ]),
    [t('cost.month'), ({ cost }) => yuan(cost.after.monthFen)],
    [t('cost.year'), ({ cost }) => yuan(cost.after.yearFen)],
    [
      `${t('cost.year')} · ${t('cost.difference')}`,
      ({ cost: { before, after } }) => yuan(after.yearFen - before.yearFen),
    ],
    [
      `${t('gap.title')} · ${t('gap.changed')}`,
      ({ gap }) => (gap ? yuan(gap.changed.monthFen) : '—'),
    ],
  ]
  return (
    <div className="run-scroll" tabIndex={0} role="group" aria-label={t('compare.title')}>
      <table className="run-table">
        <thead>
          <tr>
            <td />
            {columns.map(({ experiment }) => (
              <th key={experiment.id} scope="col" className="run-number">
                {experiment.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(([name, textOf]) => (
            <tr key={name}>
              <th scope="row">{name}</th>
              {columns.map(({ experiment, trial }) => (
                <td key={experiment.id} className="run-number number lab-wrap">
                  {textOf(trial)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
