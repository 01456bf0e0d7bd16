import { useQuery } from '@tanstack/react-query'
import { App, DatePicker, Form, Modal, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { DutyOfficer } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { staffQuery } from '../leads/use-leads.ts'
import { useNameOfficer } from './use-clocks.ts'

const NOBODY = 'nobody'

interface Written {
  staffId: string
  from: Dayjs
}

/** Who answers for an area from a day on: one of those who work with its cases, nearest first. */
export function OfficerDialog({ one, onClose }: { one: DutyOfficer; onClose: () => void }) {
  const { t } = useTranslation(['clocks', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const name = useNameOfficer(one.areaId)
  const { data: staff = [], error } = useQuery(staffQuery(one.areaId))
  const save = ({ staffId, from }: Written) =>
    name.mutate(
      { staffId: staffId === NOBODY ? null : staffId, from: from.format('YYYY-MM-DD') },
      {
        onSuccess: () => {
          void message.success(t('officers.saved'))
          onClose()
        },
      },
    )
  const problem = name.error ?? error
  return (
    <Modal
      open
      title={t('officers.nameFor', { area: one.areaName })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('officers.save')}
      cancelText={t('words:cancel')}
      confirmLoading={name.isPending}
    >
      <Form<Written>
        form={form}
        name="duty-officer"
        layout="vertical"
        requiredMark={false}
        initialValues={{ from: dayjs(today) }}
        onFinish={save}
      >
        <Form.Item
          name="staffId"
          label={t('officers.person')}
          rules={[{ required: true, message: t('officers.personNeeded') }]}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={[
              ...staff.map((person) => ({
                value: person.id,
                label: `${person.name} · ${person.roleName}`,
              })),
              ...(one.officer ? [{ value: NOBODY, label: t('officers.nobody') }] : []),
            ]}
          />
        </Form.Item>
        <Form.Item name="from" label={t('officers.start')}>
          <DatePicker minDate={dayjs(today)} allowClear={false} />
        </Form.Item>
        <p role="alert" className="clocks-problem">
          {problem ? problemText(problem) : null}
        </p>
      </Form>
    </Modal>
  )
}
