import { DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useToday } from '../../ui/day.tsx'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { useCertify } from './use-advisors.ts'

interface Written {
  number: string
  because: string
  days: [Dayjs, Dayjs]
}

/** Certifies that somebody was trained. For how long it holds no document says: it is asked. */
export function CertificateDialog({ staffId, onClose }: { staffId: string; onClose: () => void }) {
  const { t } = useTranslation('advisors')
  const [form] = Form.useForm<Written>()
  const today = dayjs(useToday())
  const saving = useCertify(staffId)
  const save = ({ number, because, days: [from, to] }: Written) =>
    saving.mutateAsync({
      number: number.trim(),
      because: because.trim(),
      from: from.format('YYYY-MM-DD'),
      to: to.format('YYYY-MM-DD'),
    })
  return (
    <FormDialog<Written>
      ok={t('save')}
      saved={t('saved')}
      title={t('certificate.new')}
      form={form}
      start={{}}
      saving={saving}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="number" label={t('certificate.number')} rules={needed(t('needed'))}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item
        name="days"
        label={t('certificate.days')}
        extra={t('certificate.daysHint')}
        rules={[{ required: true, message: t('needed') }]}
      >
        <DatePicker.RangePicker defaultPickerValue={[today, today]} />
      </Form.Item>
      <Form.Item name="because" label={t('certificate.because')} rules={needed(t('needed'))}>
        <Input maxLength={300} placeholder={t('certificate.becauseHint')} />
      </Form.Item>
    </FormDialog>
  )
}
