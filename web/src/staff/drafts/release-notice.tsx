import { Link, useNavigate } from '@tanstack/react-router'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { DraftList } from '../../api/views.ts'
import { useBeginReleaseDraft } from './use-drafts.ts'
import { useTrouble } from './use-trouble.ts'

/** A release that has arrived and is not adopted, with the way to its draft, or to a new one. */
export function ReleaseNotice({ awaiting }: { awaiting: NonNullable<DraftList['awaiting']> }) {
  const { t } = useTranslation('drafts')
  const { may } = useSession()
  const navigate = useNavigate()
  const begin = useBeginReleaseDraft()
  const trouble = useTrouble()
  const { version, draft } = awaiting
  const open = (id: number) => navigate({ to: '/drafts/$draftId', params: { draftId: String(id) } })
  return (
    <div className="card release-notice" role="status">
      <p>{t('awaiting.body', { version })}</p>
      {draft !== null ? (
        <Link to="/drafts/$draftId" params={{ draftId: String(draft) }}>
          {t('awaiting.open')}
        </Link>
      ) : may.includes('drafts.write') ? (
        <Button
          loading={begin.isPending}
          onClick={() => begin.mutate({ version }, { onSuccess: ({ id }) => void open(id) })}
        >
          {t('awaiting.again')}
        </Button>
      ) : (
        <span className="muted">{t('awaiting.withdrawn')}</span>
      )}
      {begin.error ? (
        <p role="alert" className="draft-trouble">
          {trouble(begin.error)}
        </p>
      ) : null}
    </div>
  )
}
