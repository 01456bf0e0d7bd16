import { Button, DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { PersonSearchForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'

interface SearchFormProps {
  busy: boolean
  onSearch: (sought: PersonSearchForm) => void
  /** What was found holds no longer. */
  onChange: () => void
}

interface Written {
  name: string
  idNumber?: string
  birthDate?: Dayjs | null
  phone?: string
  address?: string
}

/** Whom somebody is about to enter; what is typed here need not be typed again. */
export function SearchForm({ busy, onSearch, onChange }: SearchFormProps) {
  const { t } = useTranslation('registering')
  const today = useToday()
  return (
    <Form<Written>
      name="sought"
      className="card registering-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t('search')}
      onValuesChange={onChange}
      onFinish={(written) => onSearch(soughtOf(written))}
    >
      <Form.Item
        name="name"
        label={t('name')}
        rules={[{ required: true, message: t('nameNeeded') }]}
      >
        <Input maxLength={50} autoComplete="off" />
      </Form.Item>
      <Form.Item name="idNumber" label={t('idNumber')} extra={t('idNumberHint')}>
        <Input maxLength={24} autoComplete="off" />
      </Form.Item>
      <Form.Item name="birthDate" label={t('birthDate')}>
        <DatePicker maxDate={dayjs(today)} />
      </Form.Item>
      <Form.Item name="phone" label={t('phone')}>
        <Input maxLength={24} autoComplete="off" inputMode="tel" />
      </Form.Item>
      <Form.Item name="address" label={t('address')} className="registering-wide">
        <Input maxLength={200} autoComplete="off" />
      </Form.Item>
      <div className="registering-actions">
        <Button type="primary" htmlType="submit" loading={busy}>
          {t('search')}
        </Button>
      </div>
    </Form>
  )
}

function soughtOf({ name, idNumber, birthDate, phone, address }: Written): PersonSearchForm {
  return {
    name: name.trim(),
    ...(idNumber?.trim() ? { idNumber: idNumber.trim() } : {}),
    ...(birthDate ? { birthDate: birthDate.format('YYYY-MM-DD') } : {}),
    ...(phone?.trim() ? { phone: phone.trim() } : {}),
    ...(address?.trim() ? { address: address.trim() } : {}),
  }
}
