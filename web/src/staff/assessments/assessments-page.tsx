import { useNavigate, useSearch } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { InstrumentsList } from './instruments-list.tsx'
import { SafetyList } from './safety-list.tsx'
import { SummaryTable } from './summary-table.tsx'
import { WeightsList } from './weights-list.tsx'
import './assessments.css'

const TABS = ['safety', 'summary', 'weights', 'scales'] as const

/** Whom to speak with at once, how areas fare, and by what households are weighed and asked. */
export function AssessmentsPage() {
  const { t } = useTranslation('assessments')
  const { may } = useSession()
  const search = useSearch({ from: '/frame/assessments' })
  const navigate = useNavigate({ from: '/assessments' })
  const tabs = TABS.filter((one) => one !== 'summary' || may.includes('assessments.decide'))
  const first = may.includes('assessments.decide') ? 'summary' : 'safety'
  const tab = tabs.find((one) => one === search.tab) ?? first
  return (
    <>
      <PageTitle title={t('title')} summary={t('lead')} />
      <Segmented
        className="assess-tabs"
        aria-label={t('tabs.label')}
        value={tab}
        options={tabs.map((value) => ({ value, label: t(`tabs.${value}`) }))}
        onChange={(value) => void navigate({ search: { tab: value }, replace: true })}
      />
      {tab === 'safety' ? <SafetyList /> : null}
      {tab === 'summary' ? <SummaryTable area={search.area} /> : null}
      {tab === 'weights' ? <WeightsList /> : null}
      {tab === 'scales' ? <InstrumentsList /> : null}
    </>
  )
}
