import { Alert, Button, Form, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stateReason } from '../../api/reason.ts'
import './state-reason.css'

interface StateReasonProps {
  /** Of whatever is shown: it and all beneath is asked for with the reason from then on. */
  address: string
  /** Classes of fields that a reason would show. */
  reasonShows: readonly string[]
  onStated: () => void
}

/** What is shown only once the reader has said why; nothing for whom that is nothing. */
export function StateReason({ address, reasonShows, onStated }: StateReasonProps) {
  const { t } = useTranslation('households')
  const field = useId()
  const [open, setOpen] = useState(false)
  if (reasonShows.length === 0) return null

  function state({ reason }: { reason: string }): void {
    stateReason(address, reason.trim())
    onStated()
  }

  const what = reasonShows.map((one) => t(`why.class.${one as 'phone'}`, one)).join(t('why.and'))
  return (
    <Alert
      className="state-reason"
      type="info"
      showIcon
      title={t('why.hidden', { what })}
      description={
        open ? (
          <Form layout="inline" onFinish={state}>
            <Form.Item
              name="reason"
              label={t('why.label')}
              htmlFor={field}
              rules={[{ required: true, whitespace: true, message: t('why.missing') }]}
            >
              <Input id={field} maxLength={100} autoFocus placeholder={t('why.example')} />
            </Form.Item>
            <Button type="primary" htmlType="submit">
              {t('why.show')}
            </Button>
          </Form>
        ) : null
      }
      action={open ? null : <Button onClick={() => setOpen(true)}>{t('why.state')}</Button>}
    />
  )
}
