import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Tabs } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import { useToday } from '../../ui/day.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { AssessmentTab } from '../assessments/assessment-tab.tsx'
import { LooksTab } from '../audit/looks-tab.tsx'
import { ConsentsTab } from '../consents/consents-tab.tsx'
import { LeftOut } from '../consents/left-out.tsx'
import { isObjected, MatchingObjected } from '../consents/matching-objected.tsx'
import { NextQuestions } from '../questions/next-questions.tsx'
import { IncomeEffects } from '../together/income-effects.tsx'
import { RestrictionCard } from '../restrictions/restriction-card.tsx'
import { RestrictionNotice } from '../restrictions/restriction-notice.tsx'
import { ServicesTab } from '../services/services-tab.tsx'
import { HouseholdWarnings } from '../warnings/household-warnings.tsx'
import { Together } from '../together/together.tsx'
import { AsOf } from './as-of.tsx'
import { FactsTab } from './facts-tab.tsx'
import { FactsThen } from './facts-then.tsx'
import { HouseholdHeader } from './household-header.tsx'
import { Members } from './members.tsx'
import { MembersThen } from './members-then.tsx'
import { ProgrammeList } from './programme-list.tsx'
import { StateReason } from './state-reason.tsx'
import { TimelineTab } from './timeline-tab.tsx'
import { explanationQuery, householdQuery } from './use-household.ts'
import './households.css'
import './household-page.css'

export function HouseholdPage() {
  const { t } = useTranslation(['households', 'audit', 'services'])
  const { may } = useSession()
  const { householdId } = useParams({ from: '/frame/households/$householdId' })
  const { on, tab } = useSearch({ from: '/frame/households/$householdId' })
  const navigate = useNavigate({ from: '/households/$householdId' })
  const today = useToday()
  const queries = useQueryClient()
  const household = useQuery(householdQuery(householdId))
  const explanation = useQuery(explanationQuery(householdId, on))
  if (household.error) {
    return <ErrorState error={household.error} retry={() => void household.refetch()} />
  }
  if (!household.data) return <LoadingState rows={10} />
  const past = on !== undefined && on !== today

  function change(next: { on?: string | undefined; tab?: string | undefined }): void {
    void navigate({
      search: (now) =>
        Object.fromEntries(Object.entries({ ...now, ...next }).filter(([, value]) => value)),
      replace: true,
      resetScroll: false,
    })
  }

  const overview = (
    <div className="household-columns">
      {past && on ? (
        <MembersThen household={household.data} on={on} />
      ) : (
        <Members household={household.data} />
      )}
      {isObjected(explanation.error) ? (
        <MatchingObjected id={householdId} />
      ) : explanation.error ? (
        <ErrorState error={explanation.error} retry={() => void explanation.refetch()} />
      ) : explanation.data ? (
        <div>
          {past ? null : <NextQuestions household={household.data} />}
          <LeftOut leftOut={explanation.data.leftOut} />
          <ProgrammeList household={household.data} explanation={explanation.data} />
        </div>
      ) : (
        <LoadingState rows={8} />
      )}
    </div>
  )
  return (
    <div className={past ? 'household household-past' : 'household'}>
      <RestrictionNotice id={household.data.id} />
      <HouseholdHeader household={household.data} />
      {may.includes('warnings.read') && !past ? <HouseholdWarnings id={household.data.id} /> : null}
      <StateReason
        address={`/api/households/${household.data.id}`}
        reasonShows={household.data.reasonShows}
        onStated={() => void queries.invalidateQueries({ queryKey: ['household', householdId] })}
      />
      <div className="household-as-of">
        <AsOf
          on={on ?? today}
          onChange={(day) => change({ on: day === today ? undefined : day })}
        />
      </div>
      <Tabs
        activeKey={tab ?? 'overview'}
        onChange={(key) => change({ tab: key === 'overview' ? undefined : key })}
        items={[
          { key: 'overview', label: t('tab.overview'), children: overview },
          ...(may.includes('services.read')
            ? [
                {
                  key: 'services',
                  label: t('services:tab.title'),
                  children: <ServicesTab household={household.data} />,
                },
              ]
            : []),
          {
            key: 'together',
            label: t('tab.together'),
            children: isObjected(explanation.error) ? (
              <MatchingObjected id={householdId} />
            ) : (
              <>
                <Together id={householdId} on={on} />
                <IncomeEffects id={householdId} on={on} />
              </>
            ),
          },
          {
            key: 'facts',
            label: t('tab.facts'),
            children:
              past && on ? (
                <FactsThen id={household.data.id} on={on} />
              ) : (
                <FactsTab household={household.data} />
              ),
          },
          ...(may.includes('assessments.read')
            ? [
                {
                  key: 'assessment',
                  label: t('tab.assessment'),
                  children: <AssessmentTab household={household.data} />,
                },
              ]
            : []),
          {
            key: 'consents',
            label: t('tab.consents'),
            children: (
              <>
                <RestrictionCard household={household.data} />
                <ConsentsTab household={household.data} />
              </>
            ),
          },
          {
            key: 'timeline',
            label: t('tab.timeline'),
            children: <TimelineTab household={household.data} />,
          },
          ...(may.includes('looks.read')
            ? [
                {
                  key: 'looks',
                  label: t('audit:looks.tab'),
                  children: <LooksTab household={household.data} />,
                },
              ]
            : []),
        ]}
      />
    </div>
  )
}
