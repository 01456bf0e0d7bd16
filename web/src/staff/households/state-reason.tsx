import { useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Form, Input } from 'antd'
import { useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { stateReason } from '../../api/reason.ts'
import type { Household } from '../../api/views.ts'

/** What of the household is shown only once the reader has said why; nothing for whom that is nothing. */
export function StateReason({ household }: { household: Household }) {
  const { t } = useTranslation('households')
  const queries = useQueryClient()
  const field = useId()
  const [open, setOpen] = useState(false)
  const { id, reasonShows } = household
  if (reasonShows.length === 0) return null

  function state({ reason }: { reason: string }): void {
    stateReason(`/api/households/${id}`, reason.trim())
    void queries.invalidateQueries({ queryKey: ['household', String(id)] })
  }

  const what = reasonShows.map((one) => t(`why.class.${one}`, one)).join(t('why.and'))
  return (
    <Alert
      className="household-reason"
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
