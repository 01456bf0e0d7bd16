import { useQuery } from '@tanstack/react-query'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Household, Restriction } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { RestrictForm } from './restrict-form.tsx'
import { restrictionQuery, useLift } from './use-restrictions.ts'
import './restrictions.css'

/** 限制查阅: to whom the household is there at all; officials set it and lift it. */
export function RestrictionCard({ household }: { household: Household }) {
  const { t } = useTranslation('restrictions')
  const { may } = useSession()
  const { data } = useQuery(restrictionQuery(household.id))
  const [isOpen, setOpen] = useState(false)
  const mayWrite = may.includes('restrictions.write')
  if (data === undefined || (data === null && !mayWrite)) return null
  return (
    <section className="card restriction-card" aria-labelledby="restriction">
      <header>
        <h2 id="restriction">{t('title')}</h2>
        {data === null && !isOpen ? (
          <Button size="small" onClick={() => setOpen(true)}>
            {t('restrict')}
          </Button>
        ) : null}
      </header>
      {data ? (
        <Standing household={household} restriction={data} mayLift={mayWrite} />
      ) : (
        <p className="muted small">{isOpen ? t('lead') : t('free')}</p>
      )}
      {isOpen && data === null ? (
        <RestrictForm household={household} onDone={() => setOpen(false)} />
      ) : null}
    </section>
  )
}

interface StandingProps {
  household: Household
  restriction: Restriction
  mayLift: boolean
}

function Standing({ household, restriction, mayLift }: StandingProps) {
  const { t } = useTranslation('restrictions')
  const { kindName, because, from, to, responsible, viewers } = restriction
  return (
    <>
      <p className="restriction-why">
        <Chip tone="amber">{kindName}</Chip>
        <span>{because}</span>
      </p>
      <p className="muted small">
        {t('since', { from })} · {to ? t('until', { to }) : t('forever')} ·{' '}
        {t('answers', { name: responsible.name })} ·{' '}
        {t('who', { names: viewers.map(({ name }) => name).join('、') })}
      </p>
      {mayLift ? <LiftForm id={household.id} /> : null}
    </>
  )
}

function LiftForm({ id }: { id: number }) {
  const { t } = useTranslation('restrictions')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const lift = useLift(id)
  const [because, setBecause] = useState('')
  return (
    <div className="restriction-lift">
      <Input
        value={because}
        maxLength={500}
        aria-label={t('liftBecause')}
        placeholder={t('liftBecause')}
        onChange={(event) => setBecause(event.target.value)}
      />
      <Button
        disabled={because.trim().length < 5}
        loading={lift.isPending}
        onClick={() =>
          lift.mutate(because.trim(), { onSuccess: () => void message.success(t('lifted')) })
        }
      >
        {t('lift')}
      </Button>
      {lift.error ? (
        <span role="alert" className="restriction-problem">
          {problemText(lift.error)}
        </span>
      ) : null}
    </div>
  )
}
