import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { signIn } from '../../api/session.tsx'
import { BridgeMark } from '../../ui/bridge-mark.tsx'
import { DemoBand } from '../../ui/demo-band.tsx'
import { LanguageSwitch } from '../../ui/language-switch.tsx'
import { BridgePicture } from './bridge-picture.tsx'
import { DemoAccounts, demoQuery } from './demo-accounts.tsx'
import { useSignInError } from './signin-error.ts'
import './signin.css'

interface Credentials {
  username: string
  password: string
}

export function SignInPage() {
  const { t } = useTranslation(['signin', 'words', 'app'])
  const { to } = useSearch({ from: '/sign-in' })
  const navigate = useNavigate()
  const [form] = Form.useForm<Credentials>()
  const [busy, setBusy] = useState(false)
  const [failure, setFailure] = useState<unknown>(null)
  const errorText = useSignInError()
  const { data: demo } = useQuery(demoQuery)

  async function submit({ username, password }: Credentials): Promise<void> {
    setBusy(true)
    setFailure(null)
    try {
      await signIn(username.trim(), password)
      await navigate({ to: to?.startsWith('/') && !to.startsWith('//') ? to : '/' })
    } catch (error) {
      setFailure(error)
      form.getFieldInstance('password')?.focus?.()
    } finally {
      setBusy(false)
    }
  }

  return (
    <div className="signin">
      {demo ? <DemoBand today={demo.today} /> : null}
      <aside className="signin-picture">
        <div>
          <p className="signin-welcome">{t('welcome')}</p>
          <p className="signin-lead">{t('lead')}</p>
        </div>
        <BridgePicture label={t('picture')} />
      </aside>
      <main className="signin-main">
        <div className="signin-language">
          <LanguageSwitch />
        </div>
        <div className="signin-box">
          <div className="signin-brand">
            <BridgeMark size={40} />
            <h1>
              {t('words:brand')} <span>{t('words:brandLine')}</span>
            </h1>
          </div>
          <Form<Credentials>
            form={form}
            layout="vertical"
            requiredMark={false}
            size="large"
            onFinish={(values) => void submit(values)}
          >
            <Form.Item
              name="username"
              label={t('username')}
              rules={[{ required: true, message: t('usernameNeeded') }]}
            >
              <Input autoComplete="username" autoFocus />
            </Form.Item>
            <Form.Item
              name="password"
              label={t('password')}
              rules={[{ required: true, message: t('passwordNeeded') }]}
            >
              <Input.Password autoComplete="current-password" />
            </Form.Item>
            <div role="alert" className="signin-error">
              {failure ? errorText(failure) : null}
            </div>
            <Button type="primary" htmlType="submit" block loading={busy}>
              {t('submit')}
            </Button>
          </Form>
          {demo ? (
            <DemoAccounts demo={demo} onFill={(account) => form.setFieldsValue(account)} />
          ) : null}
        </div>
      </main>
    </div>
  )
}
