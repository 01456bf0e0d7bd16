import { useNavigate, useSearch } from '@tanstack/react-router'
import { Tabs } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../ui/page-title.tsx'
import { DryRun } from './dry-run.tsx'
import { Erasures } from './erasures.tsx'
import { Holds } from './holds.tsx'
import { Stubs } from './stubs.tsx'
import { Terms } from './terms.tsx'
import './retention.css'

const TABS = ['terms', 'dry-run', 'erasures', 'holds', 'stubs'] as const
type Tab = (typeof TABS)[number]

/** How long what is kept, what has run out, and what remains of what is gone. */
export function RetentionPage() {
  const { t } = useTranslation('retention')
  const search: { tab?: string; day?: string; page?: string } = useSearch({
    from: '/frame/retention',
  })
  const navigate = useNavigate({ from: '/retention' })
  const tab = TABS.find((one) => one === search.tab) ?? 'terms'
  const show = (next: Record<string, string>) => void navigate({ search: next, replace: true })
  const shown: Readonly<Record<Tab, () => ReactNode>> = {
    terms: () => <Terms />,
    'dry-run': () => (
      <DryRun
        day={search.day}
        onDay={(day) => show({ tab: 'dry-run', ...(day ? { day } : {}) })}
        onAsked={() => show({ tab: 'erasures' })}
      />
    ),
    erasures: () => <Erasures />,
    holds: () => <Holds />,
    stubs: () => (
      <Stubs
        page={Number(search.page) || 1}
        onPage={(page) => show({ tab: 'stubs', page: String(page) })}
      />
    ),
  }
  return (
    <>
      <PageTitle title={t('title')} summary={t('lead')} />
      <Tabs
        activeKey={tab}
        onChange={(key) => show(key === 'terms' ? {} : { tab: key })}
        destroyOnHidden
        items={TABS.map((key) => ({
          key,
          label: t(`tab.${key}`),
          children: key === tab ? shown[key]() : null,
        }))}
      />
    </>
  )
}
