import { useQuery } from '@tanstack/react-query'
import { App, Button, Checkbox, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Experiment } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { experimentsQuery, useKeepExperiment, useRemoveExperiment } from './use-lab.ts'
import { type Change, isNone } from './values.ts'

interface ExperimentsCardProps {
  change: Change
  onOpen: (change: Change) => void
  onCompare: (ids: number[]) => void
}

/** Changes kept by name: to open again, to compare, to remove one's own. */
export function ExperimentsCard({ change, onOpen, onCompare }: ExperimentsCardProps) {
  const { t } = useTranslation('lab')
  const { data: experiments = [] } = useQuery(experimentsQuery)
  const [chosen, choose] = useState<number[]>([])
  const canCompare = chosen.length >= 2 && chosen.length <= 4
  return (
    <section className="card lab-table lab-keep" aria-label={t('keep.title')}>
      <h2>{t('keep.title')}</h2>
      {isNone(change) ? null : <KeepForm change={change} />}
      {experiments.length === 0 ? <p className="muted lab-note">{t('keep.none')}</p> : null}
      <ul className="lab-experiments">
        {experiments.map((experiment) => (
          <ExperimentRow
            key={experiment.id}
            experiment={experiment}
            isChosen={chosen.includes(experiment.id)}
            onChoose={(isChosen) =>
              choose((ids) =>
                isChosen ? [...ids, experiment.id] : ids.filter((id) => id !== experiment.id),
              )
            }
            onOpen={() => onOpen({ values: experiment.parameters, rules: experiment.rules })}
          />
        ))}
      </ul>
      {experiments.length > 1 ? (
        <p className="lab-note">
          <Button disabled={!canCompare} onClick={() => onCompare(chosen)}>
            {t('keep.compare')}
          </Button>{' '}
          {canCompare ? null : <span className="muted small">{t('keep.compareHint')}</span>}
        </p>
      ) : null}
    </section>
  )
}

function KeepForm({ change }: { change: Change }) {
  const { t } = useTranslation('lab')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const keep = useKeepExperiment()
  const [name, setName] = useState('')
  const [isEmpty, setEmpty] = useState(false)
  const save = () => {
    const wanted = name.trim()
    setEmpty(wanted === '')
    if (wanted === '') return
    keep.mutate(
      { name: wanted, ...change },
      {
        onSuccess: () => {
          message.success(t('keep.saved', { name: wanted }))
          setName('')
        },
        onError: (failure) => void message.warning(problemText(failure)),
      },
    )
  }
  return (
    <form
      className="lab-keep-form"
      onSubmit={(event) => {
        event.preventDefault()
        save()
      }}
    >
      <Input
        aria-label={t('keep.name')}
        placeholder={t('keep.name')}
        maxLength={60}
        value={name}
        status={isEmpty ? 'error' : ''}
        onChange={(event) => setName(event.target.value)}
      />
      <Button htmlType="submit" loading={keep.isPending}>
        {t('keep.save')}
      </Button>
      {isEmpty ? (
        <span role="alert" className="lab-problem">
          {t('keep.needed')}
        </span>
      ) : null}
    </form>
  )
}

interface ExperimentRowProps {
  experiment: Experiment
  isChosen: boolean
  onChoose: (isChosen: boolean) => void
  onOpen: () => void
}

function ExperimentRow({ experiment, isChosen, onChoose, onOpen }: ExperimentRowProps) {
  const { t } = useTranslation('lab')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const remove = useRemoveExperiment()
  const { id, name, by, at, mine } = experiment
  return (
    <li>
      <Checkbox checked={isChosen} onChange={(event) => onChoose(event.target.checked)}>
        {name}
      </Checkbox>
      <span className="muted small">{t('keep.by', { by, at: at.slice(0, 10) })}</span>
      <Button type="link" size="small" onClick={onOpen}>
        {t('keep.open')}
      </Button>
      {mine ? (
        <Button
          type="link"
          size="small"
          onClick={() =>
            remove.mutate(id, {
              onSuccess: () => void message.success(t('keep.removed')),
              onError: (failure) => void message.warning(problemText(failure)),
            })
          }
        >
          {t('keep.remove')}
        </Button>
      ) : null}
    </li>
  )
}
