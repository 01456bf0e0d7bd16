import { Form, Input, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import { FormDialog, needed } from '../../ui/form-dialog.tsx'
import { useKeepExam } from './use-trainings.ts'

interface Written {
  text: string
  options: string
  answer: number
  source: string
}

const linesOf = (text: string | undefined) =>
  (text ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)

/** A question with one right answer and the document it rests on. */
export function QuestionDialog({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation(['trainings', 'advisors'])
  const [form] = Form.useForm<Written>()
  const options = linesOf(Form.useWatch('options', form))
  const saving = useKeepExam()
  return (
    <FormDialog<Written>
      ok={t('advisors:save')}
      saved={t('advisors:saved')}
      title={t('bank.new')}
      form={form}
      start={{}}
      saving={saving}
      onSave={({ text, answer, source }) =>
        saving.mutateAsync({
          question: { text: text.trim(), options, answer, source: source.trim() },
        })
      }
      onClose={onClose}
    >
      <Form.Item
        name="text"
        label={t('bank.text')}
        rules={[{ required: true, whitespace: true, min: 5, message: t('bank.textNeeded') }]}
      >
        <Input.TextArea maxLength={500} autoSize={{ minRows: 2 }} />
      </Form.Item>
      <Form.Item
        name="options"
        label={t('bank.options')}
        rules={[
          {
            validator: (_, text: string | undefined) => {
              const count = linesOf(text).length
              return count >= 2 && count <= 6
                ? Promise.resolve()
                : Promise.reject(new Error(t('bank.optionsNeeded')))
            },
          },
        ]}
      >
        <Input.TextArea autoSize={{ minRows: 4 }} />
      </Form.Item>
      <Form.Item
        name="answer"
        label={t('bank.answer')}
        rules={[{ required: true, message: t('bank.answerNeeded') }]}
      >
        <Select options={options.map((label, place) => ({ value: place + 1, label }))} />
      </Form.Item>
      <Form.Item name="source" label={t('bank.sourceLabel')} rules={needed(t('needed'))}>
        <Input maxLength={200} placeholder={t('bank.sourceHint')} />
      </Form.Item>
    </FormDialog>
  )
}
