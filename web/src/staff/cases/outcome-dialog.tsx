import { Form, Input, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Case, CaseGoal, CaseOutcome } from '../../api/views.ts'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { useSettleGoal } from './use-cases.ts'

const OUTCOMES = ['done', 'not-achieved', 'withdrawn'] as const

/** What came of a goal; it stays so. */
export function OutcomeDialog(props: { one: Case; goal: CaseGoal; onClose: () => void }) {
  const { one, goal, onClose } = props
  const { t } = useTranslation('cases')
  const [form] = Form.useForm<CaseOutcome>()
  const saving = useSettleGoal(one, goal.id)
  return (
    <FormDialog<CaseOutcome>
      title={t('settle')}
      saved={t('saved.outcome')}
      form={form}
      start={{ state: 'done' }}
      saving={saving}
      onSave={({ state, outcome }) => saving.mutateAsync({ state, outcome: outcome.trim() })}
      onClose={onClose}
    >
      <p>
        {goal.text} <span className="muted small">{t('measureIs', { measure: goal.measure })}</span>
      </p>
      <Form.Item name="state" label={t('outcome')}>
        <Radio.Group
          options={OUTCOMES.map((value) => ({ value, label: t(`goalState.${value}`) }))}
        />
      </Form.Item>
      <Form.Item
        name="outcome"
        label={t('outcomeText')}
        extra={t('outcomeHint')}
        rules={needed(t('needed'))}
      >
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </FormDialog>
  )
}
