import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams } from '@tanstack/react-router'
import { Button, Form } from 'antd'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import { Problem } from '../../api/problem.ts'
import { stateTyped } from '../../app/typed.ts'
import { LoadingState } from '../../ui/states.tsx'
import { NewPasswordFields } from '../account/new-password-fields.tsx'
import { Door } from './door.tsx'
import { SignOnButton } from './sign-on-button.tsx'
import { useAttempt } from './use-attempt.ts'

/** A one-time link: whoever it is for chooses a password. */
export function InvitationPage() {
  const { t } = useTranslation('signin')
  const { token } = useParams({ from: '/invitation/$token' })
  const invitation = useQuery({
    queryKey: ['invitation', token],
    queryFn: () => answerOf(api.GET('/api/invitations/{token}', { params: { path: { token } } })),
    staleTime: Number.POSITIVE_INFINITY,
  })
  const { data, error } = invitation
  return (
    <Door>
      {invitation.isPending ? <LoadingState rows={3} /> : null}
      {error ? (
        <div role="alert">
          <h2 className="signin-step">{t('invitation.void')}</h2>
          <p className="muted">{error instanceof Problem ? error.detail : null}</p>
          <p>
            <Link to="/sign-in">{t('invitation.toSignIn')}</Link>
          </p>
        </div>
      ) : null}
      {data ? (
        <>
          <h2 className="signin-step">{t('invitation.title')}</h2>
          <p className="muted">
            {t('invitation.for', { name: data.name, role: data.roleName })}{' '}
            <strong className="invitation-account">{data.username}</strong>
          </p>
          <ChooseForm token={token} whose={data} />
          <SignOnButton invitation={token} />
        </>
      ) : null}
    </Door>
  )
}

interface ChooseFormProps {
  token: string
  whose: Readonly<{ username: string; name: string }>
}

function ChooseForm({ token, whose }: ChooseFormProps) {
  const { username } = whose
  const { t } = useTranslation('signin')
  const navigate = useNavigate()
  const { busy, failure, attempt } = useAttempt()
  async function choose({ chosen }: { chosen: string }): Promise<void> {
    await attempt(async () => {
      const params = { path: { token } }
      await answerOf(api.POST('/api/invitations/{token}', { params, body: { password: chosen } }))
      await navigate({ to: '/sign-in', state: stateTyped(username) })
    })
  }
  return (
    <Form
      layout="vertical"
      requiredMark={false}
      size="large"
      onFinish={(values: { chosen: string }) => void choose(values)}
    >
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <NewPasswordFields whose={whose} />
      <div role="alert" className="signin-error">
        {failure}
      </div>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t('invitation.submit')}
      </Button>
    </Form>
  )
}
