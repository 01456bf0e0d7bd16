import { Button, Input, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'

interface ReasonFormProps {
  disposition: 'declined' | 'not-eligible'
  onSave: (reason: string) => void
  onCancel: () => void
}

const REASONS = ['trouble', 'face', 'otherHelp', 'privacy', 'small', 'other'] as const

/** Why somebody declined, or which condition failed: chosen or written, never forced into a dialog. */
export function ReasonForm({ disposition, onSave, onCancel }: ReasonFormProps) {
  const { t } = useTranslation(['leads', 'words'])
  const [reason, setReason] = useState('')
  const [detail, setDetail] = useState('')
  const declined = disposition === 'declined'
  const text = [reason, detail.trim()].filter(Boolean).join(':')
  return (
    <form
      className="reason-form"
      onSubmit={(event) => {
        event.preventDefault()
        if (text) onSave(text)
      }}
    >
      <p>{t(`reasonTitle.${disposition}`)}</p>
      {declined ? (
        <Radio.Group
          value={reason}
          onChange={(event) => setReason(String(event.target.value))}
          options={REASONS.map((key) => ({
            value: t(`reasons.${key}`),
            label: t(`reasons.${key}`),
          }))}
        />
      ) : null}
      <Input
        value={detail}
        aria-label={declined ? t('reasonOther') : t('reasonTitle.not-eligible')}
        placeholder={declined ? t('reasonOther') : undefined}
        maxLength={200}
        onChange={(event) => setDetail(event.target.value)}
      />
      <div className="reason-actions">
        <Button type="primary" size="small" htmlType="submit" disabled={!text}>
          {t('reasonSave')}
        </Button>
        <Button type="text" size="small" onClick={onCancel}>
          {t('words:cancel')}
        </Button>
      </div>
    </form>
  )
}
