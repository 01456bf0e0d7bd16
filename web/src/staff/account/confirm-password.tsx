import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import { useAttempt } from '../signin/use-attempt.ts'

interface ConfirmPasswordProps {
  username: string
  onGo: (password: string) => Promise<void>
  onCancel: () => void
}

/** That it is the holder of the account who sits there. */
export function ConfirmPassword({ username, onGo, onCancel }: ConfirmPasswordProps) {
  const { t } = useTranslation(['account', 'words'])
  const { busy, failure, attempt } = useAttempt()
  return (
    <Form
      className="account-form"
      layout="vertical"
      requiredMark={false}
      onFinish={(values: { password: string }) => void attempt(() => onGo(values.password))}
    >
      <input type="text" autoComplete="username" value={username} readOnly hidden />
      <Form.Item
        name="password"
        label={t('factor.confirm')}
        rules={[{ required: true, message: t('password.needed') }]}
      >
        <Input.Password autoComplete="current-password" autoFocus maxLength={200} />
      </Form.Item>
      <div role="alert" className="account-problem">
        {failure}
      </div>
      <div className="account-buttons">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('factor.go')}
        </Button>
        <Button type="text" onClick={onCancel}>
          {t('words:cancel')}
        </Button>
      </div>
    </Form>
  )
}
