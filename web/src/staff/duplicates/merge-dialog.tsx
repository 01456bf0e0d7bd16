import { useQuery } from '@tanstack/react-query'
import { App, Form, Input, Modal, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Duplicate, MergeForm, MergePlan } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { shortAreaName } from '../../ui/area-name.ts'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { type Followed, MergeLeaving, followingOf } from './merge-leaving.tsx'
import { MergePassing } from './merge-passing.tsx'
import { mergePlanQuery, useMerge } from './use-merge.ts'

type Choice = 'kept' | 'merged'
const FIELDS = ['name', 'idNumber', 'phone'] as const

interface Written extends Followed {
  note: string
  fields?: Partial<Record<(typeof FIELDS)[number], Choice>>
  facts?: Record<string, Choice>
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
          <Differing pair={pair} plan={plan} />
          <MergePassing plan={plan} />
          {plan.leaving ? <MergeLeaving leaving={plan.leaving} /> : null}
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

function Record({ person }: { person: Duplicate['first'] }) {
  return (
    <span>
      {person.name} <span className="number">{person.registerNo}</span>{' '}
      <span className="muted small">{shortAreaName(person.area.name)}</span>
    </span>
  )
}

/** What both say in different words; the one proposed is chosen already. */
function Differing({ pair, plan }: { pair: Duplicate; plan: MergePlan }) {
  const { t } = useTranslation('duplicates')
  const [kept, merged] =
    plan.keep === 'first' ? [pair.first, pair.second] : [pair.second, pair.first]
  const fields = FIELDS.filter(
    (field) => kept[field] && merged[field] && kept[field] !== merged[field],
  )
  if (fields.length + plan.differing.length === 0)
    return <p className="merge-about muted">{t('merge.nothingDiffers')}</p>
  return (
    <fieldset className="merge-differing">
      <legend>{t('merge.differing')}</legend>
      {fields.map((field) => (
        <Either
          key={field}
          name={['fields', field]}
          label={t(`field.${field}`)}
          proposed="kept"
          words={{ kept: kept[field] ?? '', merged: merged[field] ?? '' }}
        />
      ))}
      {plan.differing.map((one) => (
        <Either
          key={one.fact}
          name={['facts', one.fact]}
          label={one.name}
          proposed={one.proposed}
          words={{ kept: one.kept.valueText, merged: one.merged.valueText }}
          from={{ kept: one.kept, merged: one.merged }}
        />
      ))}
    </fieldset>
  )
}

type Said = MergePlan['differing'][number]['kept']

function Either({
  name,
  label,
  proposed,
  words,
  from,
}: {
  name: string[]
  label: string
  proposed: Choice
  words: { [C in Choice]: string }
  from?: { [C in Choice]: Said }
}) {
  return (
    <Form.Item name={name} label={label} initialValue={proposed}>
      <Radio.Group
        options={(['kept', 'merged'] as const).map((value) => ({
          value,
          label: (
            <span>
              {words[value]}
              {from ? (
                <span className="muted small">
                  {' '}
                  {from[value].source} <Day day={from[value].verifiedOn} />
                </span>
              ) : null}
            </span>
          ),
        }))}
      />
    </Form.Item>
  )
}
