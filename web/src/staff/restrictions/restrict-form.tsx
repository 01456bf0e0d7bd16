import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, DatePicker, Form, Input, Select } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Household, RestrictionForm } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { staffQuery } from '../leads/use-leads.ts'
import { useRestrict } from './use-restrictions.ts'

const KINDS = ['violence', 'minor-at-risk', 'staff-relative', 'other'] as const

interface Written {
  kind: RestrictionForm['kind']
  because: string
  to?: Dayjs | null
  responsible: string
  viewers?: string[]
}

/** Why, until when, who answers for it and who else may look; whoever names only others is shut out. */
export function RestrictForm({ household, onDone }: { household: Household; onDone: () => void }) {
  const { t } = useTranslation(['restrictions', 'words'])
  const { staff: me } = useSession()
  const today = useToday()
  const navigate = useNavigate()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const named = [Form.useWatch('responsible', form), ...(Form.useWatch('viewers', form) ?? [])]
  const { data: colleagues } = useQuery(staffQuery(household.area.id))
  const restrict = useRestrict(household.id)
  const people = (colleagues ?? []).map(({ id, name, roleName }) => ({
    value: id,
    label: `${name}（${roleName}）`,
  }))
  const save = ({ to, viewers = [], ...written }: Written) =>
    restrict.mutate(
      { ...written, viewers, to: to ? to.format('YYYY-MM-DD') : null },
      {
        onSuccess: () => {
          void message.success(t('saved'))
          onDone()
          if (!named.includes(me.id)) void navigate({ to: '/households' })
        },
      },
    )
  return (
    <Form<Written>
      form={form}
      name="restriction"
      className="restriction-form"
      layout="vertical"
      requiredMark={false}
      aria-label={t('restrict')}
      initialValues={{ kind: 'violence', responsible: me.id }}
      onFinish={save}
    >
      <Form.Item name="kind" label={t('kind')}>
        <Select options={KINDS.map((kind) => ({ value: kind, label: t(`kinds.${kind}`) }))} />
      </Form.Item>
      <Form.Item name="to" label={t('to')}>
        <DatePicker minDate={dayjs(today)} />
      </Form.Item>
      <Form.Item
        name="because"
        label={t('because')}
        extra={t('becauseHint')}
        className="restriction-form-wide"
        rules={[{ required: true, whitespace: true, min: 5, message: t('becauseNeeded') }]}
      >
        <Input.TextArea rows={2} maxLength={500} />
      </Form.Item>
      <Form.Item
        name="responsible"
        label={t('responsible')}
        rules={[{ required: true, message: t('responsibleNeeded') }]}
      >
        <Select showSearch={{ optionFilterProp: 'label' }} options={people} />
      </Form.Item>
      <Form.Item name="viewers" label={t('viewers')} extra={t('viewersHint')}>
        <Select
          mode="multiple"
          maxCount={20}
          showSearch={{ optionFilterProp: 'label' }}
          options={people}
        />
      </Form.Item>
      <div className="restriction-form-save">
        <Button type="primary" htmlType="submit" loading={restrict.isPending}>
          {t('save')}
        </Button>
        <Button type="text" onClick={onDone}>
          {t('words:cancel')}
        </Button>
        <span role="alert" className="restriction-problem">
          {restrict.error ? problemText(restrict.error) : null}
          {restrict.error || named.includes(me.id) ? null : t('without')}
        </span>
      </div>
    </Form>
  )
}
