import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Account } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'
import { useSignInError } from '../signin/signin-error.ts'
import { NewPasswordFields } from './new-password-fields.tsx'
import { useChangePassword } from './use-account.ts'

export function PasswordCard({ account }: { account: Account }) {
  const { t } = useTranslation('account')
  const [isOpen, setOpen] = useState(false)
  return (
    <section className="card account-card" aria-labelledby="account-password">
      <header>
        <h2 id="account-password">{t('password.title')}</h2>
        {isOpen || !account.hasPassword ? null : (
          <Button onClick={() => setOpen(true)}>{t('password.change')}</Button>
        )}
      </header>
      <p className="muted">
        {account.hasPassword ? null : t('password.none')}
        {account.passwordChangedAt ? (
          <>
            {t('password.changed')} <Moment at={account.passwordChangedAt} />
          </>
        ) : null}
        {account.hasPassword && !account.passwordChangedAt ? t('password.never') : null}
      </p>
      {isOpen ? <ChangeForm account={account} onDone={() => setOpen(false)} /> : null}
    </section>
  )
}

interface Written {
  password: string
  chosen: string
}

function ChangeForm({ account, onDone }: { account: Account; onDone: () => void }) {
  const { t } = useTranslation(['account', 'words'])
  const { message } = App.useApp()
  const { staff } = useSession()
  const change = useChangePassword()
  const errorText = useSignInError()
  const save = ({ password, chosen }: Written) =>
    change.mutate(
      { password, chosen },
      {
        onSuccess: ({ ended }) => {
          void message.success(
            ended > 0 ? t('password.savedAndEnded', { count: ended }) : t('password.saved'),
          )
          onDone()
        },
      },
    )
  return (
    <Form<Written> className="account-form" layout="vertical" requiredMark={false} onFinish={save}>
      <input type="text" autoComplete="username" value={account.username} readOnly hidden />
      <Form.Item
        name="password"
        label={t('password.old')}
        rules={[{ required: true, message: t('password.needed') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus maxLength={200} />
      </Form.Item>
      <NewPasswordFields whose={{ username: account.username, name: staff.name }} />
      <div role="alert" className="account-problem">
        {change.error ? errorText(change.error) : null}
      </div>
      <div className="account-buttons">
        <Button type="primary" htmlType="submit" loading={change.isPending}>
          {t('password.save')}
        </Button>
        <Button type="text" onClick={onDone}>
          {t('words:cancel')}
        </Button>
      </div>
    </Form>
  )
}
