import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { queryClient } from '../../api/queries.ts'
import { LoadingState } from '../../ui/states.tsx'
import { Door } from './door.tsx'
import { takePage } from './page-to-come.ts'
import { useSignInError } from './signin-error.ts'

/** Where the district's sign-on sends the browser back to. */
export function SignOnPage() {
  const { t } = useTranslation('signin')
  const navigate = useNavigate()
  const errorText = useSignInError()
  const { data, error } = useQuery({
    queryKey: ['sign-on', 'answer'],
    queryFn: () => {
      const query = window.location.search
      // What came back serves once; it need not stay in the history.
      window.history.replaceState(window.history.state, '', '/sign-on')
      return answerOf(api.POST('/api/sign-on/answer', { body: { query } }))
    },
    staleTime: Number.POSITIVE_INFINITY,
  })
  useEffect(() => {
    if (!data) return
    const to = takePage()
    const search = { ...(to ? { to } : {}), ...(data.awaits ? { step: data.awaits } : {}) }
    queryClient.clear()
    if (data.awaits) void navigate({ to: '/sign-in', search, replace: true })
    else
      void navigate({ to: to?.startsWith('/') && !to.startsWith('//') ? to : '/', replace: true })
  }, [data, navigate])
  return (
    <Door>
      {error ? (
        <div role="alert">
          <h2 className="signin-step">{t('signOn.failed')}</h2>
          <p className="muted">{errorText(error)}</p>
          <p>
            <Link to="/sign-in">{t('signOn.back')}</Link>
          </p>
        </div>
      ) : (
        <>
          <p role="status">{t('signOn.working')}</p>
          <LoadingState rows={2} />
        </>
      )}
    </Door>
  )
}
