import { DatePicker, Form, Input, Modal } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import type { SharingPage, SharingStep } from '../../api/views.ts'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useTakeStep } from './use-sharing.ts'

const WORDLESS: readonly SharingStep[] = ['sent', 'accepted', 'delivered']

interface Written {
  onDay: Dayjs
  text?: string
}

/** One step with its day, and what is missing, why, or how. */
export function StepDialog({
  request,
  kind,
  onClose,
}: {
  request: SharingPage
  kind: SharingStep
  onClose: () => void
}) {
  const { t } = useTranslation(['sharing', 'words'])
  const today = useToday()
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const step = useTakeStep(request.id)
  const before = request.steps.at(-1)?.onDay
  const save = async ({ onDay, text }: Written) => {
    const day = onDay.format('YYYY-MM-DD')
    const words = text?.trim() || null
    await step
      .mutateAsync({ kind, onDay: day, text: words, seen: request.steps.length })
      .then(onClose, () => {})
  }
  return (
    <Modal
      open
      title={t(`step.${kind}`)}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={step.isPending}
    >
      <p className="muted">{t(`stepHint.${kind}`)}</p>
      <Form<Written>
        form={form}
        name="sharing-step"
        layout="vertical"
        requiredMark={false}
        initialValues={{ onDay: dayjs(today) }}
        onFinish={(written) => void save(written)}
      >
        <Form.Item
          name="onDay"
          label={t('onDay')}
          rules={[{ required: true, message: t('onDayNeeded') }]}
        >
          <DatePicker
            allowClear={false}
            maxDate={dayjs(today)}
            {...(before ? { minDate: dayjs(before) } : {})}
          />
        </Form.Item>
        <Form.Item
          name="text"
          label={t(`words.${kind}`)}
          rules={
            WORDLESS.includes(kind)
              ? []
              : [
                  {
                    required: true,
                    whitespace: true,
                    min: 2,
                    message: t('needed', { name: t(`words.${kind}`) }),
                  },
                ]
          }
        >
          <Input.TextArea autoSize={{ minRows: 2 }} maxLength={1000} />
        </Form.Item>
        <p role="alert" className="sharing-problem">
          {step.error ? problemText(step.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
