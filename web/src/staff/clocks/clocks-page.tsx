import { useNavigate, useSearch } from '@tanstack/react-router'
import { Segmented } from 'antd'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../ui/page-title.tsx'
import { LimitsList } from './limits-list.tsx'
import { OfficersList } from './officers-list.tsx'
import { ToldList } from './told-list.tsx'
import './clocks.css'

const TABS = ['told', 'limits', 'officers'] as const

/** What ran over and came to whoever is signed in; how long matters may take, and whom they go to. */
export function ClocksPage() {
  const { t } = useTranslation('clocks')
  const search = useSearch({ from: '/frame/clocks' })
  const navigate = useNavigate({ from: '/clocks' })
  const tab = TABS.find((one) => one === search.tab) ?? 'told'
  return (
    <>
      <PageTitle title={t('title')} summary={t('lead')} />
      <Segmented
        className="clocks-tabs"
        aria-label={t('tab.label')}
        value={tab}
        options={TABS.map((value) => ({ value, label: t(`tab.${value}`) }))}
        onChange={(value) => void navigate({ search: { tab: value }, replace: true })}
      />
      {tab === 'told' ? <ToldList /> : null}
      {tab === 'limits' ? <LimitsList /> : null}
      {tab === 'officers' ? <OfficersList area={search.area} /> : null}
    </>
  )
}
