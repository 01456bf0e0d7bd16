import { DatePicker, Form, Input } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Station } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { AreaSelect } from './area-select.tsx'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { useStateStation } from './use-advisors.ts'

interface Written {
  areaId: string
  name: string
  address: string
  hours: string
  phone?: string | undefined
  from: Dayjs
  to?: Dayjs | null | undefined
  closedBecause?: string | undefined
}

/** What stands of a station from now on; an existing one is closed here, too. */
export function StationDialog({
  station,
  onClose,
}: {
  station: Station | undefined
  onClose: () => void
}) {
  const { t } = useTranslation('advisors')
  const [form] = Form.useForm<Written>()
  const to = Form.useWatch('to', form)
  const own = useSession().staff.area.id
  const today = useToday()
  const saving = useStateStation(station?.id)
  const save = ({ name, address, hours, phone, from, to: last, ...rest }: Written) =>
    saving.mutateAsync({
      areaId: rest.areaId,
      name: name.trim(),
      address: address.trim(),
      hours: hours.trim(),
      phone: phone?.trim() || null,
      from: from.format('YYYY-MM-DD'),
      to: last?.format('YYYY-MM-DD') ?? null,
      closedBecause: last ? (rest.closedBecause?.trim() ?? null) : null,
      seen: station?.version ?? null,
    })
  return (
    <FormDialog<Written>
      ok={t('save')}
      saved={t('saved')}
      title={station ? t('stations.editOf', { name: station.name }) : t('stations.new')}
      form={form}
      start={{
        areaId: station?.areaId ?? own,
        ...(station ? { name: station.name, address: station.address, hours: station.hours } : {}),
        phone: station?.phone ?? undefined,
        from: dayjs(station?.from ?? today),
        to: station?.to ? dayjs(station.to) : null,
        closedBecause: station?.closedBecause ?? undefined,
      }}
      saving={saving}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="areaId" label={t('stations.area')} extra={t('stations.areaHint')}>
        <AreaSelect<string> />
      </Form.Item>
      <Form.Item name="name" label={t('stations.name')} rules={needed(t('needed'))}>
        <Input maxLength={60} placeholder={t('stations.nameHint')} />
      </Form.Item>
      <Form.Item name="address" label={t('stations.address')} rules={needed(t('needed'))}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="hours" label={t('stations.hours')} rules={needed(t('needed'))}>
        <Input maxLength={200} placeholder={t('stations.hoursHint')} />
      </Form.Item>
      <Form.Item name="phone" label={t('stations.phone')}>
        <Input maxLength={40} placeholder={t('optional')} />
      </Form.Item>
      <div className="advisors-days">
        <Form.Item name="from" label={t('stations.from')}>
          <DatePicker allowClear={false} />
        </Form.Item>
        <Form.Item name="to" label={t('stations.to')}>
          <DatePicker placeholder={t('stations.notClosed')} />
        </Form.Item>
      </div>
      {to ? (
        <Form.Item name="closedBecause" label={t('stations.because')} rules={needed(t('needed'))}>
          <Input maxLength={300} />
        </Form.Item>
      ) : null}
    </FormDialog>
  )
}
