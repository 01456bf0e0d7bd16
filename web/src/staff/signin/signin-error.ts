import { useTranslation } from 'react-i18next'
import { Problem } from '../../api/problem.ts'

/** Statuses by which a server refuses further tries for a while. */
const LOCKED = new Set([423, 429])

/** What went wrong at the door or with one's own account, and what to do about it. */
export function useSignInError(): (error: unknown) => string {
  const { t } = useTranslation('signin')
  return (error) => {
    if (!(error instanceof Problem)) return t('errors.other', { detail: '' })
    const said = { title: error.message, detail: error.detail ?? '' }
    if (error.type.endsWith('/sign-on-failed')) return t('errors.said', said)
    if (error.status === 0 || error.status >= 500) return t('errors.offline')
    if (LOCKED.has(error.status) || error.type.includes('locked')) return t('errors.locked')
    if (error.type.endsWith('/wrong-code')) return t('errors.code')
    if (error.type.endsWith('/sign-in-anew')) return t('errors.anew')
    if (error.status === 401 || error.status === 400) return t('errors.wrong')
    if (error.type.endsWith('/weak-password') && error.detail) return error.detail
    return t('errors.said', said)
  }
}
