import { App, DatePicker, Form, Input, Modal, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Household, Supporter, SupporterForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useEndSupport, useRecordSupporter } from './use-supporters.ts'
import './members.css'

const KINDS = ['of-parent', 'of-child', 'of-kin'] as const
/** Who owes it to whom, by GB/T 4761: children to parents, parents to children, husband and wife, brothers and sisters. */
const RELATIONS = {
  'of-parent': ['20', '30'],
  'of-child': ['50', '60'],
  'of-kin': ['10', '70', '60'],
} as const

interface Written extends Omit<SupporterForm, 'from' | 'supporterId'> {
  from: Dayjs
}

/** Somebody owes a member support from a day on; on record or not, by name. */
export function SupporterDialog({
  household,
  open,
  onClose,
}: {
  household: Household
  open: boolean
  onClose: () => void
}) {
  const { t } = useTranslation(['members', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const [form] = Form.useForm<Written>()
  const kind = Form.useWatch('kind', form) ?? 'of-parent'
  const record = useRecordSupporter(household.id)
  const save = ({ from, ...written }: Written) =>
    record.mutate(
      { ...written, from: from.format('YYYY-MM-DD') },
      {
        onSuccess: () => {
          void message.success(t('supporters.saved'))
          onClose()
        },
      },
    )
  return (
    <Modal
      title={t('supporters.add')}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={record.isPending}
      destroyOnHidden
    >
      <Form<Written>
        form={form}
        name="supporter"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          personId: household.members[0]?.personId,
          kind: 'of-parent',
          from: dayjs(today),
        }}
        onValuesChange={(changed) => {
          if ('kind' in changed) form.resetFields(['relation'])
        }}
        onFinish={save}
      >
        <Form.Item name="personId" label={t('supporters.whom')}>
          <Select
            options={household.members.map(({ personId, name }) => ({
              value: personId,
              label: name,
            }))}
          />
        </Form.Item>
        <Form.Item name="kind" label={t('supporters.kindLabel')}>
          <Select
            options={KINDS.map((value) => ({ value, label: t(`supporters.kind.${value}`) }))}
          />
        </Form.Item>
        <Form.Item
          name="name"
          label={t('supporters.name')}
          rules={[{ required: true, whitespace: true, message: t('supporters.nameNeeded') }]}
        >
          <Input maxLength={50} />
        </Form.Item>
        <Form.Item
          name="relation"
          label={t('supporters.relationLabel')}
          rules={[{ required: true, message: t('relationNeeded') }]}
        >
          <Select
            options={RELATIONS[kind].map((value) => ({
              value,
              label: t(`supporters.relation.${value}`),
            }))}
          />
        </Form.Item>
        <Form.Item
          name="from"
          label={t('supporters.from')}
          rules={[{ required: true, message: t('dayNeeded') }]}
        >
          <DatePicker maxDate={dayjs(today)} allowClear={false} />
        </Form.Item>
        <Form.Item
          name="source"
          label={t('source')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('sourceNeeded') }]}
        >
          <Input maxLength={200} placeholder={t('supporters.sourceHint')} />
        </Form.Item>
        <p role="alert" className="change-problem">
          {record.error ? problemText(record.error) : null}
        </p>
      </Form>
    </Modal>
  )
}

/** It is owed no longer after a day, and why. */
export function EndSupportDialog({
  household,
  supporter,
  onClose,
}: {
  household: Household
  supporter: Supporter | null
  onClose: () => void
}) {
  const { t } = useTranslation(['members', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const [form] = Form.useForm<{ lastDay: Dayjs; because: string }>()
  const end = useEndSupport(household.id)
  return (
    <Modal
      title={t('supporters.end')}
      open={supporter !== null}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={end.isPending}
      destroyOnHidden
    >
      <Form
        form={form}
        name="end-support"
        layout="vertical"
        requiredMark={false}
        initialValues={{ lastDay: dayjs(today) }}
        onFinish={({ lastDay, because }: { lastDay: Dayjs; because: string }) =>
          supporter &&
          end.mutate(
            { supporterId: supporter.id, lastDay: lastDay.format('YYYY-MM-DD'), because },
            {
              onSuccess: () => {
                void message.success(t('supporters.ended'))
                onClose()
              },
            },
          )
        }
      >
        <Form.Item name="lastDay" label={t('supporters.lastDay')}>
          <DatePicker maxDate={dayjs(today)} allowClear={false} />
        </Form.Item>
        <Form.Item
          name="because"
          label={t('because')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('supporters.why') }]}
        >
          <Input maxLength={200} autoFocus />
        </Form.Item>
        <p role="alert" className="change-problem">
          {end.error ? problemText(end.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
