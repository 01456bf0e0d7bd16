import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useParams, useSearch } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { NoticeSheet } from './notice-sheet.tsx'
import { SheetFor } from './sheet-for.tsx'
import { noticesQuery } from './use-notices.ts'
import './notices.css'

/** One version, to be read and printed; with the name of whoever is to sign it. */
export function NoticePage() {
  const { t } = useTranslation('notices')
  const { noticeId } = useParams({ from: '/frame/notices/$noticeId' })
  const { household, person }: { household?: string; person?: string } = useSearch({
    from: '/frame/notices/$noticeId',
  })
  const { data, error, refetch } = useQuery(noticesQuery)
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!data) return <LoadingState rows={8} />
  const purpose = data.items.find(({ notices }) =>
    notices.some(({ id }) => String(id) === noticeId),
  )
  const notice = purpose?.notices.find(({ id }) => String(id) === noticeId)
  if (!purpose || !notice) return <EmptyState title={t('sheet.gone')} body={t('sheet.goneBody')} />
  const back = household ? (
    <Link
      to="/households/$householdId"
      params={{ householdId: household }}
      search={{ tab: 'consents' }}
    >
      {t('title')}
    </Link>
  ) : (
    <Link to="/notices">{t('title')}</Link>
  )
  return (
    <div className="notice-page">
      <PageTitle
        title={t('sheet.title', { name: purpose.name })}
        summary={
          notice.from
            ? t('sheet.version', { version: notice.version, day: notice.from })
            : t('sheet.notPublished')
        }
        back={back}
        action={
          <Button type="primary" icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('sheet.print')}
          </Button>
        }
      />
      {household && person ? (
        <SheetFor purpose={purpose} notice={notice} household={household} person={person} />
      ) : (
        <NoticeSheet purpose={purpose} notice={notice} name="" />
      )}
    </div>
  )
}
