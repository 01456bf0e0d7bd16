import { Form, Input, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Case, CaseDecision, CaseStep, CaseWork } from '../../api/views.ts'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { useDecideCase, useStepCase } from './use-cases.ts'

const REASONS = [
  'goals-met',
  'self-reliant',
  'no-longer-in-need',
  'withdrew',
  'refused',
  'unreachable',
  'transferred',
  'moved',
  'deceased',
] as const
const DECISIONS = ['return', 'keep-open', 'calm'] as const

interface Written {
  text?: string | undefined
  agreedHow?: CaseWork['agreedHow']
  closingReason?: CaseWork['closingReason']
  householdWord?: string | undefined
}

/** A step that says something: why, how the household agreed, what it says to being closed. */
export function StepDialog({
  one,
  step,
  onClose,
}: {
  one: Case
  step: CaseStep
  onClose: () => void
}) {
  const { t } = useTranslation('cases')
  const [form] = Form.useForm<Written>()
  const work = useStepCase(one)
  const decide = useDecideCase(one)
  const decision = DECISIONS.find((decided) => decided === step)
  const said = ({ text, householdWord, ...rest }: Written) => ({
    ...rest,
    ...(text?.trim() ? { text: text.trim() } : {}),
    ...(householdWord?.trim() ? { householdWord: householdWord.trim() } : {}),
  })
  const save = (written: Written) =>
    decision
      ? decide.mutateAsync({ step: decision, ...said(written) } as CaseDecision)
      : work.mutateAsync({ step, ...said(written) } as CaseWork)
  return (
    <FormDialog<Written>
      title={t(`step.${step}`)}
      saved={t(`saved.${step}`)}
      form={form}
      start={step === 'submit' ? { agreedHow: 'signed' } : {}}
      saving={decision ? decide : work}
      onSave={save}
      onClose={onClose}
    >
      {step === 'submit' ? <Agreement /> : null}
      {step === 'ask-closing' ? <Closing /> : null}
      {step === 'submit' || step === 'ask-closing' ? null : (
        <Form.Item name="text" label={t(`why.${step as 'review'}`)} rules={needed(t('needed'))}>
          <Input.TextArea autoFocus rows={4} maxLength={2000} />
        </Form.Item>
      )}
    </FormDialog>
  )
}

function Agreement() {
  const { t } = useTranslation('cases')
  return (
    <>
      <p className="muted">{t('submitLead')}</p>
      <Form.Item name="agreedHow" label={t('agreed')}>
        <Radio.Group
          options={(['signed', 'spoken'] as const).map((value) => ({
            value,
            label: t(`agreedHow.${value}`),
          }))}
        />
      </Form.Item>
    </>
  )
}

function Closing() {
  const { t } = useTranslation('cases')
  return (
    <>
      <Form.Item
        name="closingReason"
        label={t('closingReason')}
        rules={[{ required: true, message: t('reasonNeeded') }]}
      >
        <Select options={REASONS.map((value) => ({ value, label: t(`reason.${value}`) }))} />
      </Form.Item>
      <Form.Item
        name="householdWord"
        label={t('householdWord')}
        extra={t('householdWordHint')}
        rules={needed(t('needed'))}
      >
        <Input.TextArea rows={3} maxLength={1000} />
      </Form.Item>
    </>
  )
}
