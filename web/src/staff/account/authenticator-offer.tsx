import { Button, Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Offer } from '../../api/views.ts'
import { useAttempt } from '../signin/use-attempt.ts'
import './account.css'

interface AuthenticatorOfferProps {
  offer: Offer
  /** On the button. */
  submit: string
  onConfirm: (code: string) => Promise<void>
}

/** In fours, as it is read aloud and typed. */
function inFours(secret: string): string {
  return secret.replaceAll(/(.{4})(?=.)/g, '$1 ')
}

/** A secret to scan or type, and the code that shows it has arrived. */
export function AuthenticatorOffer({ offer, submit, onConfirm }: AuthenticatorOfferProps) {
  const { t } = useTranslation('account')
  const [form] = Form.useForm<{ code: string }>()
  const { busy, failure, attempt } = useAttempt()

  async function confirm({ code }: { code: string }): Promise<void> {
    await attempt(
      () => onConfirm(code.trim()),
      () => {
        form.resetFields()
        form.getFieldInstance('code')?.focus?.()
      },
    )
  }

  return (
    <div className="offer">
      <p>{t('factor.scan')}</p>
      <img
        className="offer-picture"
        alt={t('factor.picture')}
        src={`data:image/svg+xml;charset=utf-8,${encodeURIComponent(offer.svg)}`}
      />
      <p>
        {t('factor.type')} <code className="offer-secret">{inFours(offer.secret)}</code>
      </p>
      <Form
        form={form}
        layout="vertical"
        requiredMark={false}
        onFinish={(values) => void confirm(values)}
      >
        <Form.Item
          name="code"
          label={t('factor.code')}
          rules={[{ required: true, message: t('password.needed') }]}
        >
          <Input
            className="offer-code"
            autoComplete="one-time-code"
            inputMode="numeric"
            maxLength={10}
          />
        </Form.Item>
        <div role="alert" className="account-problem">
          {failure}
        </div>
        <Button type="primary" htmlType="submit" loading={busy}>
          {submit}
        </Button>
      </Form>
    </div>
  )
}
