import { Button, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Problem } from '../api/problem.ts'
import './states.css'

interface EmptyProps {
  title: string
  body: string
  action?: ReactNode
}

/** Empty is an answer: why it is empty and what would fill it. */
export function EmptyState({ title, body, action }: EmptyProps) {
  return (
    <div className="state">
      <svg className="state-picture" viewBox="0 0 96 48" aria-hidden="true">
        <path d="M6 32C22 14 34 8 48 8s26 6 42 24" />
        <path d="M26 34a22 22 0 0 1 44 0" />
        <path d="M4 40h88" className="state-water" />
        <path d="M20 45h20M56 45h16" className="state-water" />
      </svg>
      <h2>{title}</h2>
      <p className="muted">{body}</p>
      {action}
    </div>
  )
}

/** Somebody else was quicker with the same household. */
const overtaken = new Set([
  '/problems/lead-changed',
  '/problems/household-changed',
  '/problems/warning-changed',
])

/** What happened, what was kept, what to do: in words, for any thrown thing. */
export function useProblemText(): (error: unknown) => string {
  const { t } = useTranslation()
  return (error) => {
    if (!(error instanceof Problem)) return t('error.server')
    if (error.status === 0) return t('error.offline')
    if (error.status === 404) return t('error.notFound')
    if (error.status === 403) return t('error.forbidden')
    if (overtaken.has(error.type)) return t('error.conflict')
    if (error.status >= 500) return t('error.server')
    return t('error.other', { detail: error.detail ?? error.message })
  }
}

export function ErrorState({ error, retry }: { error: unknown; retry?: () => void }) {
  const { t } = useTranslation()
  const text = useProblemText()
  // Trying again opens no door that is closed to one's post.
  const mayHelp = !(error instanceof Problem && error.status === 403)
  return (
    <div className="state" role="alert">
      <h2>{t('error.title')}</h2>
      <p className="muted">{text(error)}</p>
      {retry && mayHelp ? <Button onClick={retry}>{t('retry')}</Button> : null}
    </div>
  )
}

/** Quiet lines in the place of what is being read. */
export function LoadingState({ rows = 6 }: { rows?: number }) {
  const { t } = useTranslation()
  return (
    <div className="state-loading" role="status">
      <span className="visually-hidden">{t('loading')}</span>
      <Skeleton active title={false} paragraph={{ rows, width: '100%' }} />
    </div>
  )
}
