import { useMutation, useQuery } from '@tanstack/react-query'
import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { rememberPage } from './page-to-come.ts'
import { useSignInError } from './signin-error.ts'

interface SignOnButtonProps {
  /** Accepted by signing in. */
  invitation?: string
  /** Where to afterwards. */
  to?: string | undefined
}

/** To the district's own sign-on, where there is one. */
export function SignOnButton({ invitation, to }: SignOnButtonProps) {
  const { t } = useTranslation('signin')
  const errorText = useSignInError()
  const { data } = useQuery({
    queryKey: ['sign-on'],
    queryFn: () => answerOf(api.GET('/api/sign-on')),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const leave = useMutation({
    mutationFn: () =>
      answerOf(api.POST('/api/sign-on', { body: invitation ? { invitation } : {} })),
    onSuccess: ({ address }) => {
      rememberPage(to)
      window.location.assign(address)
    },
  })
  if (!data?.offered) return null
  return (
    <div className="signin-sign-on">
      <p className="muted small">{t('signOn.or')}</p>
      <Button block size="large" loading={leave.isPending} onClick={() => leave.mutate()}>
        {invitation ? t('signOn.accept') : t('signOn.button')}
      </Button>
      <div role="alert" className="signin-error">
        {leave.error ? errorText(leave.error) : null}
      </div>
    </div>
  )
}
