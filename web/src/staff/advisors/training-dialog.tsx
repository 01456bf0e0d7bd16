import { useQuery } from '@tanstack/react-query'
import { DatePicker, Form, Input, InputNumber, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Training, TrainingForm } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { useToday } from '../../ui/day.tsx'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { advisorsQuery } from './use-advisors.ts'
import { useStateTraining } from './use-trainings.ts'

type Written = Pick<TrainingForm, 'course' | 'kind' | 'minutes' | 'place' | 'attendees'> & {
  onDay: Dayjs
}

interface TrainingDialogProps {
  training: Training | undefined
  onClose: () => void
}

/** A session that was held, and who attended; one already recorded is put right here. */
export function TrainingDialog({ training, onClose }: TrainingDialogProps) {
  const { t } = useTranslation(['trainings', 'advisors'])
  const [form] = Form.useForm<Written>()
  const own = useSession().staff.area.id
  const today = dayjs(useToday())
  const { data: people } = useQuery(advisorsQuery({ page: 1, size: 1000 }))
  const saving = useStateTraining(training?.id)
  const save = ({ onDay, course, place, ...rest }: Written) =>
    saving.mutateAsync({
      ...rest,
      areaId: training?.areaId ?? own,
      course: course.trim(),
      place: place.trim(),
      onDay: onDay.format('YYYY-MM-DD'),
      seen: training?.version ?? null,
    })
  return (
    <FormDialog<Written>
      ok={t('advisors:save')}
      saved={t('advisors:saved')}
      title={t(training ? 'edit' : 'new')}
      form={form}
      start={{
        kind: training?.kind ?? 'before-duty',
        onDay: training ? dayjs(training.onDay) : today,
        attendees: training?.attendees ?? [],
        ...(training
          ? { course: training.course, minutes: training.minutes, place: training.place }
          : {}),
      }}
      saving={saving}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="course" label={t('course')} rules={needed(t('needed'))}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="kind" label={t('kindLabel')}>
        <Radio.Group
          options={(['before-duty', 'yearly'] as const).map((value) => ({
            value,
            label: t(`kind.${value}`),
          }))}
        />
      </Form.Item>
      <div className="advisors-days">
        <Form.Item name="onDay" label={t('onDay')}>
          <DatePicker allowClear={false} maxDate={today} />
        </Form.Item>
        <Form.Item
          name="minutes"
          label={t('length')}
          rules={[{ required: true, message: t('lengthNeeded') }]}
        >
          <InputNumber min={10} max={1440} step={10} suffix={t('minute')} />
        </Form.Item>
      </div>
      <Form.Item name="place" label={t('place')} rules={needed(t('needed'))}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="attendees" label={t('attendees')}>
        <Select
          mode="multiple"
          showSearch={{ optionFilterProp: 'label' }}
          options={(people?.items ?? []).map(({ staffId, name, areaName }) => ({
            value: staffId,
            label: `${name} · ${shortAreaName(areaName)}`,
          }))}
        />
      </Form.Item>
    </FormDialog>
  )
}
