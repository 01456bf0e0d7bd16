import { useQuery } from '@tanstack/react-query'
import { Checkbox, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Advisor, AdvisorForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { AreaSelect } from './area-select.tsx'
import { FormDialog } from '../../ui/form-dialog.tsx'
import { GRADES, KINDS, LEVELS, stationsQuery, useStateAdvisor } from './use-advisors.ts'

type Written = Pick<AdvisorForm, 'kind' | 'level' | 'areas' | 'grades'> & {
  station?: number | null | undefined
  organisation?: string | undefined
  from: Dayjs
  to?: Dayjs | null | undefined
}

/** The level on which somebody works whose area has so many digits. */
const LEVEL_OF: Readonly<Record<number, Written['level']>> = {
  6: 'district',
  9: 'township',
  12: 'committee',
}

/** Who somebody is as an advisor from now on. */
export function RecordDialog({ advisor, onClose }: { advisor: Advisor; onClose: () => void }) {
  const { t } = useTranslation('advisors')
  const [form] = Form.useForm<Written>()
  const today = useToday()
  const { data: stations } = useQuery(stationsQuery())
  const saving = useStateAdvisor(advisor.staffId)
  const [stands] = advisor.records
  const save = ({ station, organisation, from, to, ...rest }: Written) =>
    saving.mutateAsync({
      ...rest,
      station: station ?? null,
      organisation: organisation?.trim() || null,
      from: from.format('YYYY-MM-DD'),
      to: to?.format('YYYY-MM-DD') ?? null,
      seen: stands?.version ?? null,
    })
  return (
    <FormDialog<Written>
      ok={t('save')}
      saved={t('saved')}
      title={t('record.of', { name: advisor.name })}
      form={form}
      start={{
        level: stands?.level ?? LEVEL_OF[advisor.areaId.length] ?? 'support',
        areas: stands?.areas ?? [advisor.areaId],
        grades: stands?.grades ?? [],
        station: stands?.station ?? null,
        organisation: stands?.organisation ?? undefined,
        from: dayjs(stands?.from ?? today),
        to: stands?.to ? dayjs(stands.to) : null,
        ...(stands ? { kind: stands.kind } : {}),
      }}
      saving={saving}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item
        name="kind"
        label={t('record.kind')}
        rules={[{ required: true, message: t('chooseOne') }]}
      >
        <Select options={KINDS.map((value) => ({ value, label: t(`kind.${value}`) }))} />
      </Form.Item>
      <Form.Item name="level" label={t('record.level')}>
        <Select options={LEVELS.map((value) => ({ value, label: t(`level.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="areas"
        label={t('record.areas')}
        rules={[{ required: true, message: t('chooseOne') }]}
      >
        <AreaSelect<string[]> mode="multiple" />
      </Form.Item>
      <Form.Item name="station" label={t('record.station')}>
        <Select
          allowClear
          placeholder={t('optional')}
          options={(stations?.items ?? [])
            .filter(({ state }) => state !== 'closed')
            .map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="organisation" label={t('record.organisation')}>
        <Input maxLength={100} placeholder={t('record.organisationHint')} />
      </Form.Item>
      <Form.Item name="grades" label={t('record.grades')} extra={t('record.gradesHint')}>
        <Checkbox.Group options={GRADES.map((value) => ({ value, label: t(`grade.${value}`) }))} />
      </Form.Item>
      <div className="advisors-days">
        <Form.Item name="from" label={t('record.from')}>
          <DatePicker allowClear={false} />
        </Form.Item>
        <Form.Item name="to" label={t('record.to')}>
          <DatePicker placeholder={t('openEnd')} />
        </Form.Item>
      </div>
    </FormDialog>
  )
}
