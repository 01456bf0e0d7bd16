import { App, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Household } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { ChangeDialog, DayItem, needed, written } from './change-dialog.tsx'
import { useRecordRegisteredPlace } from './use-registered-places.ts'

/** As the form of facts has them; what a department says is shared, everything else was told or seen. */
const SOURCES = ['document', 'interview', 'visit', 'department'] as const
const KINDS = ['district', 'shanghai', 'elsewhere'] as const

interface Written {
  personId: number
  kind: (typeof KINDS)[number]
  area?: string
  words?: string
  from: Dayjs
  verifiedOn: Dayjs
  source: (typeof SOURCES)[number]
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
  const { t } = useTranslation(['members', 'households'])
  const { message } = App.useApp()
  const [form] = Form.useForm<Written>()
  const kind = Form.useWatch('kind', form) ?? 'district'
  const record = useRecordRegisteredPlace(household.id)
  const today = dayjs(useToday())
  const save = ({ kind: chosen, from, verifiedOn, source, evidence, ...said }: Written) =>
    record.mutate(
      {
        ...said,
        ...(chosen === 'district' ? {} : { outside: chosen }),
        source: t(`households:form.sources.${source}`),
        basis: source === 'department' ? 'sharing' : 'visit',
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
        source: 'document',
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
      <Form.Item name="source" label={t('source')}>
        <Select
          options={SOURCES.map((value) => ({
            value,
            label: t(`households:form.sources.${value}`),
          }))}
        />
      </Form.Item>
      <Form.Item name="evidence" label={t('hukou.evidence')} extra={t('hukou.evidenceHint')}>
        <Input maxLength={200} />
      </Form.Item>
    </ChangeDialog>
  )
}
