import { Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { passSecondFactor } from '../../api/session.tsx'
import { useAttempt } from './use-attempt.ts'

interface StepProps {
  onIn: () => void
  /** Back to account and password. */
  onAnew: () => void
}

/** The code of the authenticator, or one to recover with. */
export function CodeStep({ onIn, onAnew }: StepProps) {
  const { t } = useTranslation('signin')
  const [form] = Form.useForm<{ code: string }>()
  const [recovers, setRecovers] = useState(false)
  const { busy, failure, attempt, forget } = useAttempt()

  async function submit({ code }: { code: string }): Promise<void> {
    await attempt(
      async () => {
        await passSecondFactor(code.trim())
        onIn()
      },
      () => {
        form.resetFields()
        form.getFieldInstance('code')?.focus?.()
      },
    )
  }

  function turn(): void {
    setRecovers(!recovers)
    forget()
    form.resetFields()
  }

  return (
    <Form
      form={form}
      layout="vertical"
      requiredMark={false}
      size="large"
      onFinish={(values) => void submit(values)}
    >
      <h2 className="signin-step">{t('code.title')}</h2>
      <p className="muted">{recovers ? t('code.recoveryLead') : t('code.lead')}</p>
      <Form.Item
        name="code"
        label={recovers ? t('code.recoveryLabel') : t('code.label')}
        rules={[{ required: true, message: t('code.needed') }]}
      >
        <Input
          key={String(recovers)}
          className="signin-code"
          autoFocus
          autoComplete="one-time-code"
          inputMode={recovers ? 'text' : 'numeric'}
          maxLength={recovers ? 40 : 10}
        />
      </Form.Item>
      <div role="alert" className="signin-error">
        {failure}
      </div>
      <Button type="primary" htmlType="submit" block loading={busy}>
        {t('code.submit')}
      </Button>
      <div className="signin-other">
        <Button type="link" size="middle" onClick={turn}>
          {recovers ? t('code.back') : t('code.recovery')}
        </Button>
        <Button type="link" size="middle" onClick={onAnew}>
          {t('code.anew')}
        </Button>
      </div>
    </Form>
  )
}
