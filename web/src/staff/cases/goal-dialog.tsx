import { useQuery } from '@tanstack/react-query'
import { DatePicker, Form, Input, Radio, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { policiesQuery } from '../../api/policies.ts'
import type { Case, CaseGoal, CaseGoalForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { useWriteGoal } from './use-cases.ts'

const MEANS = ['service', 'policy', 'resource', 'own'] as const
const SERVICES = ['guidance', 'linking', 'counselling', 'capability', 'inclusion'] as const
const OWNERS = ['both', 'worker', 'household'] as const
/** Of the whole household; no person has this number. */
const ALL = 0

interface Written {
  person: number
  need?: number | undefined
  text: string
  measure: string
  means: CaseGoalForm['means']
  ref?: string | undefined
  owner: CaseGoalForm['owner']
  due: Dayjs
}

interface Props {
  one: Case
  /** undefined: another goal */
  goal: CaseGoal | undefined
  onClose: () => void
}

/** One goal: for whom, by what one sees that it is reached, by what means, until when. */
export function GoalDialog({ one, goal, onClose }: Props) {
  const { t } = useTranslation('cases')
  const [form] = Form.useForm<Written>()
  const today = useToday()
  const saving = useWriteGoal(one, goal?.id)
  const save = ({ person, need, text, measure, means, ref, owner, due }: Written) =>
    saving.mutateAsync({
      personId: person === ALL ? null : person,
      needId: need ?? null,
      text: text.trim(),
      measure: measure.trim(),
      means,
      meansRef: means === 'own' ? null : (ref?.trim() ?? null),
      owner,
      dueOn: due.format('YYYY-MM-DD'),
    })
  const people = one.members.map(({ personId, name }) => ({ value: personId, label: name }))
  return (
    <FormDialog<Written>
      title={t(goal ? 'changeGoal' : 'addGoal')}
      saved={t('saved.goal')}
      form={form}
      start={startOf(goal)}
      saving={saving}
      onSave={save}
      onClose={onClose}
    >
      <Form.Item name="person" label={t('forWhom')}>
        <Select options={[{ value: ALL, label: t('wholeHousehold') }, ...people]} />
      </Form.Item>
      {one.needs.length > 0 ? (
        <Form.Item name="need" label={t('need')}>
          <Select
            allowClear
            options={one.needs.map(({ id, dimension, outcome }) => ({
              value: id,
              label: `${t(`dimension.${dimension as 'health'}`)}：${outcome}`,
            }))}
          />
        </Form.Item>
      ) : null}
      <Form.Item name="text" label={t('goalText')} rules={needed(t('needed'))}>
        <Input maxLength={500} placeholder={t('goalTextHint')} />
      </Form.Item>
      <Form.Item name="measure" label={t('measure')} rules={needed(t('needed'))}>
        <Input maxLength={500} placeholder={t('measureHint')} />
      </Form.Item>
      <Form.Item name="means" label={t('means.label')}>
        <Radio.Group options={MEANS.map((value) => ({ value, label: t(`means.${value}`) }))} />
      </Form.Item>
      <Ref />
      <Form.Item name="owner" label={t('goalOwner.label')}>
        <Radio.Group options={OWNERS.map((value) => ({ value, label: t(`goalOwner.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="due"
        label={t('dueOn')}
        rules={[{ required: true, message: t('dueNeeded') }]}
      >
        <DatePicker minDate={dayjs(today)} />
      </Form.Item>
    </FormDialog>
  )
}

function startOf(goal: CaseGoal | undefined): Partial<Written> {
  if (!goal) return { person: ALL, means: 'service', owner: 'both' }
  const { personId, needId, text, measure, means, meansRef, owner, dueOn } = goal
  return {
    person: personId ?? ALL,
    ...(needId === null ? {} : { need: needId }),
    text,
    measure,
    means,
    ...(meansRef === null ? {} : { ref: meansRef }),
    owner,
    due: dayjs(dueOn),
  }
}

/** Which policy, service or resource; nothing for what they do themselves. */
function Ref() {
  const { t } = useTranslation('cases')
  const means: Written['means'] | undefined = Form.useWatch('means')
  const { data: library } = useQuery({ ...policiesQuery, enabled: means === 'policy' })
  if (!means || means === 'own') return null
  const rules = [{ required: true, whitespace: true, message: t('refNeeded') }]
  if (means === 'resource')
    return (
      <Form.Item name="ref" label={t('means.resource')} rules={rules}>
        <Input maxLength={100} placeholder={t('resourceHint')} />
      </Form.Item>
    )
  const options =
    means === 'service'
      ? SERVICES.map((value) => ({ value: value as string, label: t(`service.${value}`) }))
      : (library?.items ?? []).map(({ id, name }) => ({ value: id, label: name }))
  return (
    <Form.Item name="ref" label={t(`means.${means}`)} rules={rules}>
      <Select showSearch={{ optionFilterProp: 'label' }} options={options} />
    </Form.Item>
  )
}
