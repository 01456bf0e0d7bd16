import { Form, Input } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Certificate } from '../../api/views.ts'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { useEndCertificate } from './use-advisors.ts'

interface EndDialogProps {
  staffId: string
  certificate: Certificate
  onClose: () => void
}

/** Ends a certificate from today on, for a reason; it cannot be taken back. */
export function EndDialog({ staffId, certificate: { id, number }, onClose }: EndDialogProps) {
  const { t } = useTranslation('advisors')
  const [form] = Form.useForm<{ because: string }>()
  const saving = useEndCertificate(staffId)
  return (
    <FormDialog<{ because: string }>
      ok={t('save')}
      saved={t('saved')}
      title={t('certificate.endOf', { number })}
      form={form}
      start={{}}
      saving={saving}
      onSave={({ because }) => saving.mutateAsync({ id, because: because.trim() })}
      onClose={onClose}
    >
      <p>{t('certificate.endHint')}</p>
      <Form.Item name="because" label={t('certificate.endBecause')} rules={needed(t('needed'))}>
        <Input maxLength={300} />
      </Form.Item>
    </FormDialog>
  )
}
