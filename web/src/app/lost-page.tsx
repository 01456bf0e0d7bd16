import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../api/session.tsx'
import { EmptyState } from '../ui/states.tsx'

export function LostPage() {
  const { t } = useTranslation('app')
  return (
    <EmptyState
      title={t('lost.title')}
      body={t('lost.body')}
      action={<Link to="/leads">{t('lost.home')}</Link>}
    />
  )
}

export function BrokenPage({ reset }: { reset: () => void }) {
  const { t } = useTranslation('app')
  return (
    <EmptyState
      title={t('broken.title')}
      body={t('broken.body')}
      action={<Button onClick={reset}>{t('broken.reload')}</Button>}
    />
  )
}

/** The three administrators see no case content; what they do has its own pages. */
export function NothingForYou() {
  const { t } = useTranslation('app')
  const { staff } = useSession()
  return (
    <EmptyState
      title={t('nothingForYou.title')}
      body={t('nothingForYou.body', { role: staff.roleName })}
    />
  )
}
