import { useQuery } from '@tanstack/react-query'
import { App, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Duplicate, MergeForm, MergePlan } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { shortAreaName } from '../../ui/area-name.ts'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { type Followed, Following, followingOf } from '../members/following.tsx'
import { type Chosen, MergeDiffering } from './merge-differing.tsx'
import { MergePassing } from './merge-passing.tsx'
import { mergePlanQuery, useMerge } from './use-merge.ts'

interface Written extends Followed, Chosen {
  note: string
}

interface Props {
  pair: Duplicate
  open: boolean
  onClose: () => void
}

/** Two records become one: which stays, what stands where they differ, and what follows where the other one lived. */
export function MergeDialog({ pair, open, onClose }: Props) {
  const { t } = useTranslation(['duplicates', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [keep, setKeep] = useState<MergeForm['keep']>('first')
  const [form] = Form.useForm<Written>()
  const { data: plan, error } = useQuery({ ...mergePlanQuery(pair.id, keep), enabled: open })
  const merge = useMerge(pair.id)
  const choose = (side: MergeForm['keep']) => {
    form.resetFields()
    merge.reset()
    setKeep(side)
  }
  const save = ({ note, fields = {}, facts = {}, ...followed }: Written) => {
    if (!plan) return
    merge.mutate(
      {
        keep,
        note,
        fields,
        facts: Object.entries(facts).map(([fact, from]) => ({ fact, from })),
        following: followingOf(followed),
        versions: { kept: plan.kept.version, merged: plan.merged.version },
      },
      {
        onSuccess: () => {
          void message.success(t('merge.saved'))
          onClose()
        },
      },
    )
  }
  return (
    <Modal
      title={t('merge.title')}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('merge.confirm')}
      okButtonProps={{ disabled: !plan }}
      cancelText={t('words:cancel')}
      confirmLoading={merge.isPending}
      width={720}
      destroyOnHidden
    >
      <p id="merge-keep">{t('merge.keep')}</p>
      <Radio.Group
        className="merge-keep"
        aria-labelledby="merge-keep"
        value={keep}
        onChange={({ target }) => choose(target.value as MergeForm['keep'])}
        options={(['first', 'second'] as const).map((value) => ({
          value,
          label: <Record person={pair[value]} />,
        }))}
      />
      {error ? <ErrorState error={error} /> : null}
      {!plan && !error ? <LoadingState rows={4} /> : null}
      {plan ? (
        <Form<Written>
          key={keep}
          form={form}
          name="merge"
          layout="vertical"
          requiredMark={false}
          onFinish={save}
        >
          <MergeDiffering pair={pair} plan={plan} />
          <MergePassing plan={plan} />
          {plan.leaving ? <Leaving leaving={plan.leaving} /> : null}
          <Form.Item
            name="note"
            label={t('note')}
            rules={[{ required: true, whitespace: true, min: 2, message: t('noteNeeded') }]}
          >
            <Input.TextArea rows={2} maxLength={500} />
          </Form.Item>
          <p className="muted">
            {t('merge.undoUntil')} <Day day={plan.undoUntil} />
          </p>
          <p role="alert" className="merge-problem">
            {merge.error ? problemText(merge.error) : null}
          </p>
        </Form>
      ) : null}
    </Modal>
  )
}

/** The other record leaves its household: who takes its place there. */
function Leaving({ leaving }: { leaving: NonNullable<MergePlan['leaving']> }) {
  const { t } = useTranslation('duplicates')
  const { members, headLeaves, collectorWanted } = leaving
  return (
    <>
      <p className="merge-about">{t(members.length > 0 ? 'merge.leaves' : 'merge.leavesEmpty')}</p>
      <Following
        staying={members}
        headLeaves={headLeaves}
        collector={collectorWanted ? 'needed' : 'none'}
      />
    </>
  )
}

function Record({ person }: { person: Duplicate['first'] }) {
  return (
    <span>
      {person.name} <span className="number">{person.registerNo}</span>{' '}
      <span className="muted small">{shortAreaName(person.area.name)}</span>
    </span>
  )
}
