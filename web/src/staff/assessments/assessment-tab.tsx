import { useQuery } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Household, HouseholdAssessment } from '../../api/views.ts'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { AssessForm } from './assess-form.tsx'
import { DecideBar } from './decide-bar.tsx'
import { Earlier } from './earlier.tsx'
import { NeedsList } from './needs-list.tsx'
import { Objections } from './objections.tsx'
import { ScalesCard } from './scales-card.tsx'
import { Standing } from './standing.tsx'
import { assessmentQuery } from './use-assessments.ts'
import './assessments.css'

/** 评估: how a household fares, what drove that, what it needs and what it says against it. */
export function AssessmentTab({ household }: { household: Household }) {
  const { data, error, refetch } = useQuery(assessmentQuery(household.id))
  const { may } = useSession()
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  return (
    <div className="assess">
      {data.withheld ? <Withheld /> : <Assessed household={household} data={data} />}
      {may.includes('scales.read') ? <ScalesCard household={household} /> : null}
    </div>
  )
}

function Withheld() {
  const { t } = useTranslation('assessments')
  return (
    <section className="card">
      <EmptyState title={t('standing.withheld')} body={t('standing.withheldHint')} />
    </section>
  )
}

function Assessed({ household, data }: { household: Household; data: HouseholdAssessment }) {
  const { t } = useTranslation('assessments')
  const [writing, setWriting] = useState(false)
  const { current, open, may } = data
  const shown = current ?? open
  const mayWrite = may.includes('write')
  const begin = open ? t('standing.goOn') : current ? t('standing.again') : t('standing.start')
  const button = (
    <Button type="primary" onClick={() => setWriting(true)}>
      {begin}
    </Button>
  )
  return (
    <>
      {data.again.length > 0 ? (
        <Alert
          type="warning"
          showIcon
          title={t('standing.whyAgain', {
            why: data.again.map((one) => t(`standing.why.${one}`)).join(t('standing.and')),
          })}
        />
      ) : null}
      {open?.state === 'submitted' ? <DecideBar id={household.id} data={data} open={open} /> : null}
      {open?.returnedBecause ? (
        <Alert
          type="warning"
          showIcon
          title={t('standing.returned', { because: open.returnedBecause })}
        />
      ) : null}
      {writing ? (
        <AssessForm household={household} data={data} onClose={() => setWriting(false)} />
      ) : shown ? (
        <Standing one={shown} action={mayWrite ? button : null} />
      ) : (
        <section className="card">
          <EmptyState
            title={t('standing.none')}
            body={t('standing.noneHint')}
            action={mayWrite ? button : undefined}
          />
        </section>
      )}
      {current ? (
        <>
          <NeedsList id={household.id} data={data} />
          <Objections id={household.id} data={data} />
        </>
      ) : null}
      {data.earlier.length > 0 ? <Earlier all={data.earlier} /> : null}
    </>
  )
}
