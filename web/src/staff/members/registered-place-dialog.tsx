import { App, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Household } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { ChangeDialog, DayItem, needed, SourceItem, written } from './change-dialog.tsx'
import { useRecordRegisteredPlace } from './use-registered-places.ts'

const KINDS = ['district', 'shanghai', 'elsewhere'] as const

interface Written {
  personId: number
  kind: (typeof KINDS)[number]
  area?: string
  words?: string
  from: Dayjs
  verifiedOn: Dayjs
  source: string
  evidence?: string
}

interface Props {
  household: Household
  townships: readonly { id: string; name: string }[]
  open: boolean
  onClose: () => void
}

/** A member is registered in a place from a day on; the fact on it follows. */
export function RegisteredPlaceDialog({ household, townships, open, onClose }: Props) {
  const { t } = useTranslation('members')
  const { message } = App.useApp()
  const [form] = Form.useForm<Written>()
  const kind = Form.useWatch('kind', form) ?? 'district'
  const record = useRecordRegisteredPlace(household.id)
  const today = dayjs(useToday())
  const save = ({ kind: chosen, from, verifiedOn, evidence, ...said }: Written) =>
    record.mutate(
      {
        ...said,
        ...(chosen === 'district' ? {} : { outside: chosen }),
        ...(evidence?.trim() ? { evidence } : {}),
        from: from.format('YYYY-MM-DD'),
        verifiedOn: verifiedOn.format('YYYY-MM-DD'),
        version: household.version,
      },
      {
        onSuccess: () => {
          void message.success(t('hukou.saved'))
          onClose()
        },
      },
    )
  const people = household.members.map(({ personId, name }) => ({ value: personId, label: name }))
  return (
    <ChangeDialog<Written>
      title={t('hukou.add')}
      name="registered-place"
      form={form}
      initial={{
        personId: household.members[0]?.personId ?? 0,
        kind: 'district',
        from: today,
        verifiedOn: today,
      }}
      open={open}
      busy={record.isPending}
      error={record.error}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="personId" label={t('hukou.whom')}>
        <Select options={people} />
      </Form.Item>
      <Form.Item name="kind" label={t('hukou.where')}>
        <Select options={KINDS.map((value) => ({ value, label: t(`hukou.kind.${value}`) }))} />
      </Form.Item>
      {kind === 'district' ? (
        <Form.Item
          name="area"
          label={t('hukou.township')}
          rules={needed(t('hukou.townshipNeeded'))}
        >
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={townships.map(({ id, name }) => ({ value: id, label: name }))}
          />
        </Form.Item>
      ) : (
        <Form.Item
          name="words"
          label={t(`hukou.words.${kind}`)}
          extra={t(`hukou.wordsHint.${kind}`)}
          rules={written(t('hukou.wordsNeeded'))}
        >
          <Input maxLength={100} />
        </Form.Item>
      )}
      <DayItem name="from" label={t('hukou.from')} />
      <DayItem name="verifiedOn" label={t('hukou.verifiedOn')} />
      <SourceItem hint={t('hukou.sourceHint')} />
      <Form.Item name="evidence" label={t('hukou.evidence')}>
        <Input maxLength={200} />
      </Form.Item>
    </ChangeDialog>
  )
}
