import { useQuery } from '@tanstack/react-query'
import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Composition, Household } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { HEAD, RELATIONS } from '../registering/relations.ts'
import { ChangeDialog, DayItem, type Said, SourceItem, written } from './change-dialog.tsx'
import { type Followed, Following, followingOf } from './following.tsx'
import { compositionQuery, useSplit } from './use-members.ts'
import { useRecorded } from './use-recorded.tsx'

interface Written extends Followed, Said {
  /** By person, who they are in the new household; empty: they stay. */
  going?: Record<string, string>
  address: string
}

interface Props {
  household: Household
  open: boolean
  onClose: () => void
}

const goingOf = (going: Written['going'] = {}) =>
  Object.entries(going).flatMap(([id, relation]) =>
    relation ? [{ personId: Number(id), relation }] : [],
  )

/** 分户: members found a household of their own in the same committee. */
export function SplitDialog({ household, open, onClose }: Props) {
  const { t } = useTranslation('members')
  const [form] = Form.useForm<Written>()
  const { data, error } = useQuery({
    ...compositionQuery(household.id, useToday()),
    enabled: open,
  })
  const split = useSplit(household.id)
  const recorded = useRecorded(household.id)
  const save = ({ day, going, address, source, ...followed }: Written) => {
    const goers = goingOf(going)
    const [first] = data?.members ?? []
    if (goers.length === 0 && first) {
      form.setFields([{ name: ['going', String(first.personId)], errors: [t('goersNeeded')] }])
      return
    }
    split.mutate(
      {
        members: goers,
        day: day.format('YYYY-MM-DD'),
        address,
        source,
        version: household.version,
        following: followingOf(followed),
      },
      {
        onSuccess: ({ id, version }) => {
          onClose()
          recorded(version, id)
        },
      },
    )
  }
  return (
    <ChangeDialog<Written>
      title={t('split')}
      name="splitting"
      form={form}
      open={open}
      loading={!data}
      busy={split.isPending}
      error={error ?? split.error}
      onSave={save}
      onClose={onClose}
    >
      <p className="muted change-lead">{t('splitLead')}</p>
      <Goers members={data?.members ?? []} />
      <Form.Item name="address" label={t('newAddress')} rules={written(t('addressNeeded'))}>
        <Input maxLength={200} />
      </Form.Item>
      <DayItem label={t('splitDay')} extra={t('splitDayHint')} />
      <SourceItem hint={t('splitSource')} />
      <Rest members={data?.members ?? []} />
    </ChangeDialog>
  )
}

/** Of each member: whether they stay, or who they are in the new household. */
function Goers({ members }: Pick<Composition, 'members'>) {
  const { t } = useTranslation(['members', 'registering'])
  const options = [
    { value: '', label: t('stays') },
    { value: HEAD, label: t('newHead') },
    ...RELATIONS.map((value) => ({ value, label: t(`registering:relations.${value}`) })),
  ]
  return members.map(({ personId, name }) => (
    <Form.Item
      key={personId}
      name={['going', String(personId)]}
      label={name}
      initialValue=""
      className="split-goer"
    >
      <Select options={options} />
    </Form.Item>
  ))
}

/** What follows for those who stay, where the head is among those who go. */
function Rest({ members }: Pick<Composition, 'members'>) {
  const going = goingOf(Form.useWatch<Written['going']>('going'))
  if (going.length === 0) return null
  const goes = (id: number) => going.some(({ personId }) => personId === id)
  return (
    <Following
      staying={members.filter(({ personId }) => !goes(personId))}
      headLeaves={members.some(({ personId, relation }) => goes(personId) && relation === HEAD)}
      collector="offered"
    />
  )
}
