import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import type { Parameter } from '../../api/views.ts'
import { Day, useToday } from '../../ui/day.tsx'
import { dayAfter } from '../../ui/days.ts'
import { Verdict } from '../../ui/verdict.tsx'
import { figure, unitBeside } from './figure.ts'
import { ParameterRows } from './parameter-rows.tsx'
import { standardOn, stepsOf } from './standard-steps.ts'
import './parameter.css'

const StandardChart = lazy(() =>
  import('../../ui/standard-chart.tsx').then((module) => ({ default: module.StandardChart })),
)

/** Two figures are read faster than drawn. */
const WORTH_DRAWING = 3

/** Room for the part after the last step, so that a gap can be seen as one. */
const TAIL_DAYS = 400

/** One standard: what it is now, its steps over the years, and every row with its document. */
export function ParameterView({
  parameter,
  drawn = false,
}: {
  parameter: Parameter
  drawn?: boolean
}) {
  const { t } = useTranslation(['policies', 'words'])
  const today = useToday()
  const steps = stepsOf(parameter)
  const now = standardOn(steps, today)
  const last = steps.at(-1)?.from ?? today
  const end = dayAfter(last > today ? last : today, TAIL_DAYS)
  return (
    <div className="parameter">
      <header className="parameter-now">
        <h3>{parameter.name}</h3>
        {now && now.value !== null ? (
          <p>
            <strong className="number">{figure(now.value, parameter.unit)}</strong>{' '}
            {unitBeside(parameter.unit)}{' '}
            <span className="muted small">{t('since', { day: now.from })}</span>
            {parameter.knownUntil ? (
              <span className="muted small">
                {' '}
                · {t('knownUntil', { day: parameter.knownUntil })}
              </span>
            ) : null}
          </p>
        ) : (
          <p>
            <Verdict kind="pending" />{' '}
            {parameter.knownUntil ? (
              <span className="muted small">{t('expired', { day: parameter.knownUntil })}</span>
            ) : null}
          </p>
        )}
      </header>
      {drawn && parameter.rows.length >= WORTH_DRAWING ? (
        <Suspense fallback={<div className="parameter-chart" />}>
          <div className="parameter-chart">
            <StandardChart
              label={t('chartLabel', { name: parameter.name })}
              series={{
                steps,
                end,
                today,
                unit: parameter.unit ?? '',
                gapWord: t('gap'),
                todayWord: t('words:day.today'),
              }}
            />
          </div>
        </Suspense>
      ) : null}
      {parameter.pending?.map((pending) => (
        <p key={pending.from} className="parameter-pending">
          <Verdict kind="pending" /> <Day day={pending.from} /> {pending.note}
        </p>
      ))}
      <ParameterRows parameter={parameter} />
    </div>
  )
}
