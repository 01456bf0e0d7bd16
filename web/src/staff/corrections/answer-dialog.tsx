import { App, Form, Input, Modal, Radio } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Correction, CorrectionAnswerForm } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useAnswer } from './use-corrections.ts'

type Said = { answer: CorrectionAnswerForm['answer']; because?: string }

/** What a source answered on paper or by telephone: it adopts our value, or says why not. */
export function AnswerDialog({ one, onClose }: { one: Correction; onClose: () => void }) {
  const { t } = useTranslation(['corrections', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Said>()
  const chosen = Form.useWatch('answer', form)
  const answer = useAnswer(one.id)
  const save = ({ answer: said, because }: Said) =>
    answer
      .mutateAsync({ answer: said, ...(said === 'refused' && because ? { because } : {}) })
      .then(
        () => {
          void message.success(t('answered'))
          onClose()
        },
        () => {},
      )
  return (
    <Modal
      open
      title={t('answerTitle', { source: one.sourceName, id: one.id })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('answerSave')}
      cancelText={t('words:cancel')}
      confirmLoading={answer.isPending}
    >
      <Form<Said>
        form={form}
        name="correction-answer"
        layout="vertical"
        requiredMark={false}
        initialValues={{ answer: 'adopted' }}
        onFinish={(said) => void save(said)}
      >
        <Form.Item name="answer" label={t('answerLabel')}>
          <Radio.Group
            options={(['adopted', 'refused'] as const).map((value) => ({
              value,
              label: t(`state.${value}`),
            }))}
          />
        </Form.Item>
        {chosen === 'refused' ? (
          <Form.Item
            name="because"
            label={t('because')}
            rules={[{ required: true, whitespace: true, min: 2, message: t('becauseNeeded') }]}
          >
            <Input.TextArea autoSize={{ minRows: 2 }} maxLength={500} />
          </Form.Item>
        ) : null}
        <p role="alert" className="correction-problem">
          {answer.error ? problemText(answer.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
