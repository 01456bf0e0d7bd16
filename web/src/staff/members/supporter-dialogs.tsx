import { App, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Household, Supporter, SupporterForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { ChangeDialog, DayItem, needed, SourceItem, written } from './change-dialog.tsx'
import { useEndSupport, useRecordSupporter } from './use-supporters.ts'

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

interface SupporterDialogProps {
  household: Household
  open: boolean
  onClose: () => void
}

/** Somebody owes a member support from a day on; on record or not, by name. */
export function SupporterDialog({ household, open, onClose }: SupporterDialogProps) {
  const { t } = useTranslation('members')
  const { message } = App.useApp()
  const [form] = Form.useForm<Written>()
  const kind = Form.useWatch('kind', form) ?? 'of-parent'
  const record = useRecordSupporter(household.id)
  const from = dayjs(useToday())
  const save = ({ from: day, ...said }: Written) =>
    record.mutate(
      { ...said, from: day.format('YYYY-MM-DD') },
      {
        onSuccess: () => {
          void message.success(t('supporters.saved'))
          onClose()
        },
      },
    )
  const people = household.members.map(({ personId, name }) => ({ value: personId, label: name }))
  return (
    <ChangeDialog<Written>
      title={t('supporters.add')}
      name="supporter"
      form={form}
      initial={{ personId: household.members[0]?.personId ?? 0, kind: 'of-parent', from }}
      open={open}
      busy={record.isPending}
      error={record.error}
      onChange={(changed) => {
        if ('kind' in changed) form.resetFields(['relation'])
      }}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="personId" label={t('supporters.whom')}>
        <Select options={people} />
      </Form.Item>
      <Form.Item name="kind" label={t('supporters.kindLabel')}>
        <Select options={KINDS.map((value) => ({ value, label: t(`supporters.kind.${value}`) }))} />
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
        rules={needed(t('relationNeeded'))}
      >
        <Select
          options={RELATIONS[kind].map((value) => ({
            value,
            label: t(`supporters.relation.${value}`),
          }))}
        />
      </Form.Item>
      <DayItem name="from" label={t('supporters.from')} />
      <SourceItem hint={t('supporters.sourceHint')} />
    </ChangeDialog>
  )
}

interface EndSupportDialogProps {
  household: Household
  supporter: Supporter | null
  onClose: () => void
}

/** It is owed no longer after a day, and why. */
export function EndSupportDialog({ household, supporter, onClose }: EndSupportDialogProps) {
  const { t } = useTranslation('members')
  const { message } = App.useApp()
  const [form] = Form.useForm<{ lastDay: Dayjs; because: string }>()
  const end = useEndSupport(household.id)
  const save = ({ lastDay, because }: { lastDay: Dayjs; because: string }) => {
    if (!supporter) return
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
  return (
    <ChangeDialog
      title={t('supporters.end')}
      name="end-support"
      form={form}
      initial={{ lastDay: dayjs(useToday()) }}
      open={supporter !== null}
      busy={end.isPending}
      error={end.error}
      onSave={save}
      onClose={onClose}
    >
      <DayItem name="lastDay" label={t('supporters.lastDay')} />
      <Form.Item name="because" label={t('because')} rules={written(t('supporters.why'))}>
        <Input maxLength={200} autoFocus />
      </Form.Item>
    </ChangeDialog>
  )
}
