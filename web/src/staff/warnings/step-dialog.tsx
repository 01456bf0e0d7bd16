import { App, Form, Input, Modal } from 'antd'
import type { Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { Warning, WarningStep } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { StepFields } from './step-fields.tsx'
import { useStep } from './use-warnings.ts'

export type Written = Omit<WarningStep, 'kind' | 'at'> & { at?: Dayjs }

interface StepDialogProps {
  kind: WarningStep['kind']
  warning: Warning
  onClose: () => void
}

/** One step with what it needs, and words to it; the reason of a disposal has to be given. */
export function StepDialog({ kind, warning, onClose }: StepDialogProps) {
  const { t } = useTranslation(['warnings', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const step = useStep(warning)
  const save = ({ at, words, ...rest }: Written) =>
    step.mutate(
      {
        kind,
        ...rest,
        ...(at ? { at: at.format('YYYY-MM-DDTHH:mm:ss+08:00') } : {}),
        ...(words?.trim() ? { words: words.trim() } : {}),
      },
      {
        onSuccess: () => {
          void message.success(t('saved'))
          onClose()
        },
      },
    )
  const isDisposal = kind === 'dispose'
  return (
    <Modal
      open
      title={t(`act.${kind}`)}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={step.isPending}
    >
      <Form<Written>
        form={form}
        name="warning-step"
        layout="vertical"
        requiredMark={false}
        onFinish={save}
      >
        {kind === 'contact' || kind === 'feed-back' ? (
          <p className="muted">{t(`hint.${kind}`)}</p>
        ) : null}
        <StepFields kind={kind} warning={warning} />
        <Form.Item
          name="words"
          label={t(isDisposal ? 'field.reason' : 'field.words')}
          rules={[{ required: isDisposal, whitespace: true, min: 2, message: t('field.needed') }]}
        >
          <Input.TextArea
            autoSize={{ minRows: 2, maxRows: 6 }}
            maxLength={1000}
            placeholder={kind === 'visit' ? t('field.wordsPlaceholder') : ''}
          />
        </Form.Item>
        <p role="alert" className="warning-problem">
          {step.error ? problemText(step.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
