import { Form, Input, InputNumber } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Exam, ExamRuleForm } from '../../api/views.ts'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { useKeepExam } from './use-trainings.ts'

/** How many questions are drawn and what share must be right; no document says, so the district does. */
export function RuleDialog({ rule, onClose }: { rule: Exam['rule']; onClose: () => void }) {
  const { t } = useTranslation(['trainings', 'advisors'])
  const [form] = Form.useForm<ExamRuleForm>()
  const saving = useKeepExam()
  return (
    <FormDialog<ExamRuleForm>
      ok={t('advisors:save')}
      saved={t('advisors:saved')}
      title={t('rule.title')}
      form={form}
      start={rule ? { questions: rule.questions, passPercent: rule.passPercent } : {}}
      saving={saving}
      onSave={(written) =>
        saving.mutateAsync({ rule: { ...written, because: written.because.trim() } })
      }
      onClose={onClose}
    >
      <p className="muted">{t('rule.hint')}</p>
      <Form.Item
        name="questions"
        label={t('rule.questions')}
        rules={[{ required: true, message: t('rule.needed') }]}
      >
        <InputNumber min={1} max={200} />
      </Form.Item>
      <Form.Item
        name="passPercent"
        label={t('rule.percent')}
        rules={[{ required: true, message: t('rule.needed') }]}
      >
        <InputNumber min={1} max={100} suffix="%" />
      </Form.Item>
      <Form.Item name="because" label={t('rule.because')} rules={needed(t('needed'))}>
        <Input maxLength={300} />
      </Form.Item>
    </FormDialog>
  )
}
