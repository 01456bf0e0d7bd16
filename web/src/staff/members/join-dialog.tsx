import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Form, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { PersonHit } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { householdQuery } from '../households/use-household.ts'
import { HEAD, RELATIONS } from '../registering/relations.ts'
import { ChangeDialog, DayItem, needed, type Said, SourceItem } from './change-dialog.tsx'
import { type Followed, Following, followingOf } from './following.tsx'
import { compositionQuery, useJoin } from './use-members.ts'
import { useRecorded } from './use-recorded.tsx'

interface Written extends Followed, Said {
  relation: string
}

interface Props {
  /** Who joins; nobody: the dialog is shut. */
  person: PersonHit | null
  /** The number of the household they join. */
  household: string
  onClose: () => void
}

/**
 * Somebody on record joins a household and leaves where they lived the day before; what that leaves to be said of
 * those who stay behind is asked here too.
 */
export function JoinDialog({ person, household, onClose }: Props) {
  const { t } = useTranslation(['members', 'registering'])
  const navigate = useNavigate()
  const [form] = Form.useForm<Written>()
  const open = person !== null
  const joined = useQuery({ ...householdQuery(household), enabled: open })
  const left = useQuery({
    ...compositionQuery(person?.householdId ?? 0, useToday()),
    enabled: open,
  })
  const join = useJoin(Number(household))
  const recorded = useRecorded(Number(household))
  const save = ({ relation, day, source, ...followed }: Written) =>
    join.mutate(
      {
        personId: person?.personId ?? 0,
        relation,
        from: day.format('YYYY-MM-DD'),
        source,
        version: joined.data?.version ?? 0,
        following: followingOf(followed),
      },
      {
        onSuccess: ({ version }) => {
          onClose()
          recorded(version)
          void navigate({ to: '/households/$householdId', params: { householdId: household } })
        },
      },
    )
  const members = left.data?.members ?? []
  const own = members.find(({ personId }) => personId === person?.personId)
  const relations = [
    ...(joined.data?.members.length === 0 ? [{ value: HEAD, label: t('newHead') }] : []),
    ...RELATIONS.map((value) => ({ value, label: t(`registering:relations.${value}`) })),
  ]
  return (
    <ChangeDialog<Written>
      title={t('join', { name: person?.name ?? '' })}
      name="joining"
      form={form}
      open={open}
      loading={!joined.data || !left.data}
      busy={join.isPending}
      error={joined.error ?? left.error ?? join.error}
      onSave={save}
      onClose={onClose}
    >
      <p className="muted change-lead">{t('joinLead', { registerNo: person?.registerNo ?? '' })}</p>
      <Form.Item
        name="relation"
        label={t('registering:relation')}
        rules={needed(t('relationNeeded'))}
      >
        <Select options={relations} />
      </Form.Item>
      <DayItem label={t('registering:from')} extra={t('joinDayHint')} />
      <SourceItem hint={t('splitSource')} />
      {own ? (
        <Following
          staying={members.filter(({ personId }) => personId !== own.personId)}
          headLeaves={own.relation === HEAD}
          collector="offered"
        />
      ) : null}
    </ChangeDialog>
  )
}
