import { useQuery } from '@tanstack/react-query'
import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Composition, Household, LeavingForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { HEAD } from '../registering/relations.ts'
import { ChangeDialog, DayItem, needed, type Said, SourceItem } from './change-dialog.tsx'
import { type Followed, Following, followingOf } from './following.tsx'
import { compositionQuery, useLeave } from './use-members.ts'
import { useRecorded } from './use-recorded.tsx'

const REASONS = ['moved-out', 'died', 'detained', 'enlisted', 'other'] as const

interface Written extends Followed, Said {
  personId: number
  because: LeavingForm['because']
}

interface Props {
  household: Household
  open: boolean
  onClose: () => void
}

/** Somebody is no member from a day on; where it is the head, who takes the place is said in the same breath. */
export function LeaveDialog({ household, open, onClose }: Props) {
  const { t } = useTranslation('members')
  const [form] = Form.useForm<Written>()
  const { data, error } = useQuery({
    ...compositionQuery(household.id, useToday()),
    enabled: open,
  })
  const leave = useLeave(household.id)
  const recorded = useRecorded(household.id)
  const save = ({ day, head, collector, relations, ...written }: Written) =>
    leave.mutate(
      {
        ...written,
        day: day.format('YYYY-MM-DD'),
        version: household.version,
        following: followingOf({ head, collector, relations }),
      },
      {
        onSuccess: ({ version }) => {
          onClose()
          recorded(version)
        },
      },
    )
  return (
    <ChangeDialog<Written>
      title={t('leave')}
      name="leaving"
      form={form}
      initial={{ because: 'moved-out' }}
      open={open}
      loading={!data}
      busy={leave.isPending}
      error={error ?? leave.error}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="personId" label={t('who')} rules={needed(t('whoNeeded'))}>
        <Select
          options={
            data?.members.map(({ personId, name }) => ({ value: personId, label: name })) ?? []
          }
        />
      </Form.Item>
      <Form.Item name="because" label={t('because')}>
        <Select options={REASONS.map((value) => ({ value, label: t(`reasons.${value}`) }))} />
      </Form.Item>
      <DayItem label={t('day')} extra={t('dayHint')} />
      <SourceItem hint={t('sourceHint')} />
      <Rest members={data?.members ?? []} />
    </ChangeDialog>
  )
}

/** What follows for those who stay, once it is said who leaves. */
function Rest({ members }: { members: Composition['members'] }) {
  const who = Form.useWatch<number | undefined>('personId')
  if (who === undefined) return null
  return (
    <Following
      staying={members.filter(({ personId }) => personId !== who)}
      headLeaves={members.some(({ personId, relation }) => personId === who && relation === HEAD)}
      collector="offered"
    />
  )
}
