import { useQuery } from '@tanstack/react-query'
import { useSearch } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { type Awaits, signIn } from '../../api/session.tsx'
import { useTyped } from '../../app/typed.ts'
import { DemoAccounts, demoQuery } from './demo-accounts.tsx'
import { SignOnButton } from './sign-on-button.tsx'
import { useAttempt } from './use-attempt.ts'

interface Credentials {
  username: string
  password: string
}

interface PasswordStepProps {
  onIn: () => void
  onAwaits: (awaits: Awaits) => void
}

export function PasswordStep({ onIn, onAwaits }: PasswordStepProps) {
  const { t } = useTranslation('signin')
  const { to } = useSearch({ from: '/sign-in' })
  const account = useTyped()
  const [form] = Form.useForm<Credentials>()
  const { busy, failure, attempt } = useAttempt()
  const { data: demo } = useQuery(demoQuery)

  async function submit({ username, password }: Credentials): Promise<void> {
    await attempt(
      async () => {
        const awaits = await signIn(username.trim(), password)
        if (awaits) onAwaits(awaits)
        else onIn()
      },
      () => form.getFieldInstance('password')?.focus?.(),
    )
  }

  return (
    <>
      {account ? <p className="signin-said">{t('chosen', { account })}</p> : null}
      <Form<Credentials>
        form={form}
        layout="vertical"
        requiredMark={false}
        size="large"
        initialValues={{ username: account }}
        onFinish={(values) => void submit(values)}
      >
        <Form.Item
          name="username"
          label={t('username')}
          rules={[{ required: true, message: t('usernameNeeded') }]}
        >
          <Input autoComplete="username" autoFocus={!account} />
        </Form.Item>
        <Form.Item
          name="password"
          label={t('password')}
          rules={[{ required: true, message: t('passwordNeeded') }]}
        >
          <Input.Password autoComplete="current-password" autoFocus={Boolean(account)} />
        </Form.Item>
        <div role="alert" className="signin-error">
          {failure}
        </div>
        <Button type="primary" htmlType="submit" block loading={busy}>
          {t('submit')}
        </Button>
      </Form>
      <SignOnButton to={to} />
      {demo ? <DemoAccounts demo={demo} onFill={(one) => form.setFieldsValue(one)} /> : null}
    </>
  )
}
