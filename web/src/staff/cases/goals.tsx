import { useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '../../api/policies.ts'
import type { Case, CaseGoal } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { GoalDialog } from './goal-dialog.tsx'
import { OutcomeDialog } from './outcome-dialog.tsx'

const TONES = {
  proposed: 'outline',
  'in-progress': 'bridge',
  done: 'plain',
  'not-achieved': 'amber',
  withdrawn: 'plain',
} as const

/** 一人一策: the goals, those of the household first, then of each member. */
export function Goals({ one }: { one: Case }) {
  const { t } = useTranslation('cases')
  const [writing, setWriting] = useState<CaseGoal | 'new'>()
  const [settling, setSettling] = useState<CaseGoal>()
  const goals = one.goals.toSorted((a, b) => (a.personId ?? 0) - (b.personId ?? 0))
  return (
    <section className="card case-goals" aria-labelledby="case-goals">
      <header>
        <h2 id="case-goals">{t('goals')}</h2>
        {one.may.includes('plan-goals') ? (
          <Button onClick={() => setWriting('new')}>{t('addGoal')}</Button>
        ) : null}
      </header>
      {goals.length === 0 ? <p className="muted">{t('noGoals')}</p> : null}
      <ol>
        {goals.map((goal) => (
          <li key={goal.id} className="case-goal">
            <Goal goal={goal} />
            <Acts
              one={one}
              goal={goal}
              onWrite={() => setWriting(goal)}
              onSettle={() => setSettling(goal)}
            />
          </li>
        ))}
      </ol>
      {writing ? (
        <GoalDialog
          one={one}
          goal={writing === 'new' ? undefined : writing}
          onClose={() => setWriting(undefined)}
        />
      ) : null}
      {settling ? (
        <OutcomeDialog one={one} goal={settling} onClose={() => setSettling(undefined)} />
      ) : null}
    </section>
  )
}

function Goal({ goal }: { goal: CaseGoal }) {
  const { t } = useTranslation('cases')
  return (
    <div>
      <p className="case-goal-text">
        <strong>{goal.text}</strong>{' '}
        <Chip tone={TONES[goal.state]}>{t(`goalState.${goal.state}`)}</Chip>
      </p>
      <p className="muted small">
        {goal.member ?? t('wholeHousehold')} · {t('measureIs', { measure: goal.measure })}
      </p>
      <p className="muted small">
        <MeansText goal={goal} /> · {t(`goalOwner.${goal.owner}`)} · {t('dueOn')}{' '}
        <Day day={goal.dueOn} />
      </p>
      {goal.outcome ? (
        <p>
          {t('outcomeIs', { outcome: goal.outcome })}
          {goal.settledOn ? (
            <span className="muted small">
              {' '}
              <Day day={goal.settledOn} />
            </span>
          ) : null}
        </p>
      ) : null}
    </div>
  )
}

function MeansText({ goal: { means, meansRef } }: { goal: CaseGoal }) {
  const { t } = useTranslation('cases')
  const { data: library } = useQuery({ ...policiesQuery, enabled: means === 'policy' })
  if (means === 'own' || !meansRef) return t('means.own')
  if (means === 'service') return `${t('means.service')}：${t(`service.${meansRef as 'guidance'}`)}`
  if (means === 'resource') return `${t('means.resource')}：${meansRef}`
  const programme = library?.items.find(({ id }) => id === meansRef)
  return `${t('means.policy')}：${programme?.name ?? meansRef}`
}

interface ActsProps {
  one: Case
  goal: CaseGoal
  onWrite: () => void
  onSettle: () => void
}

function Acts({ one, goal, onWrite, onSettle }: ActsProps) {
  const { t } = useTranslation('cases')
  if (goal.state !== 'proposed' && goal.state !== 'in-progress') return null
  return (
    <span className="case-goal-acts">
      {one.may.includes('plan-goals') ? (
        <Button size="small" aria-label={t('changeGoalOf', { text: goal.text })} onClick={onWrite}>
          {t('changeGoal')}
        </Button>
      ) : null}
      {one.may.includes('settle-goals') ? (
        <Button size="small" aria-label={t('settleOf', { text: goal.text })} onClick={onSettle}>
          {t('settle')}
        </Button>
      ) : null}
    </span>
  )
}
