import { useQuery } from '@tanstack/react-query'
import { App, Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { areasQuery, committeesOf } from '../../api/areas.ts'
import { useSession } from '../../api/session.tsx'
import type { Household, MoveForm } from '../../api/views.ts'
import { ChangeDialog, needed, SourceItem, written } from './change-dialog.tsx'
import { useMove } from './use-members.ts'

type Written = Omit<MoveForm, 'version'>

interface Props {
  household: Household
  open: boolean
  onClose: () => void
}

/** 迁居: the whole household lives in another committee of the writer's area from today on. */
export function MoveDialog({ household, open, onClose }: Props) {
  const { t } = useTranslation('members')
  const { message } = App.useApp()
  const own = useSession().staff.area
  const [form] = Form.useForm<Written>()
  const { data: areas, error } = useQuery({ ...areasQuery, enabled: open })
  const move = useMove(household.id)
  const save = (said: Written) =>
    move.mutate(
      { ...said, version: household.version },
      {
        onSuccess: () => {
          onClose()
          void message.success(t('moved'))
        },
      },
    )
  const committees = committeesOf(areas ?? [], own.id).filter(({ id }) => id !== household.area.id)
  return (
    <ChangeDialog<Written>
      title={t('move')}
      name="moving"
      form={form}
      open={open}
      loading={!areas}
      busy={move.isPending}
      error={error ?? move.error}
      onSave={save}
      onClose={onClose}
    >
      <p className="muted change-lead">{t('moveLead')}</p>
      <Form.Item name="area" label={t('newCommittee')} rules={needed(t('committeeNeeded'))}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          options={committees.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </Form.Item>
      <Form.Item name="address" label={t('newAddress')} rules={written(t('addressNeeded'))}>
        <Input maxLength={200} />
      </Form.Item>
      <SourceItem hint={t('splitSource')} />
    </ChangeDialog>
  )
}
