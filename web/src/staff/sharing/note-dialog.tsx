import { DatePicker, Form, Input, Modal, Radio } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useTranslation } from 'react-i18next'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'

interface NoteField {
  name: string
  label: string
  needed?: boolean
}

interface DialogProps {
  title: string
  fields: readonly NoteField[]
  /** A choice beside the words, where there is one. */
  choice?: { label: string; options: { value: string; label: string }[] }
  /** The earliest day it can have been. */
  from?: string
  /** Rejects with what hinders it. */
  onSave: (words: Record<string, string | null>, onDay: string) => Promise<unknown>
  saving: boolean
  error: unknown
  onClose: () => void
}

type Written = { onDay: Dayjs } & Record<string, string>

/** A day and some words: a use, something to correct, an answer. */
export function NoteDialog(props: DialogProps) {
  const { title, fields, choice, from, onSave, saving, error, onClose } = props
  const { t } = useTranslation(['sharing', 'words'])
  const today = useToday()
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const save = async ({ onDay, ...words }: Written) => {
    const said = Object.entries(words).map(([name, text]) => [name, text?.trim() || null])
    await onSave(
      Object.fromEntries(said) as Record<string, string | null>,
      onDay.format('YYYY-MM-DD'),
    ).then(onClose, () => {})
  }
  return (
    <Modal
      open
      title={title}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={saving}
    >
      <Form<Written>
        form={form}
        name="sharing-note"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          onDay: dayjs(today),
          ...(choice ? { choice: choice.options[0]?.value } : {}),
        }}
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
            {...(from ? { minDate: dayjs(from) } : {})}
          />
        </Form.Item>
        {choice ? (
          <Form.Item name="choice" label={choice.label}>
            <Radio.Group options={choice.options} />
          </Form.Item>
        ) : null}
        {fields.map(({ name, label, needed = false }) => (
          <Form.Item
            key={name}
            name={name}
            label={label}
            rules={[
              {
                required: needed,
                whitespace: needed,
                min: 2,
                message: t('needed', { name: label }),
              },
            ]}
          >
            <Input.TextArea autoSize={{ minRows: 1 }} maxLength={500} />
          </Form.Item>
        ))}
        <p role="alert" className="sharing-problem">
          {error ? problemText(error) : null}
        </p>
      </Form>
    </Modal>
  )
}
