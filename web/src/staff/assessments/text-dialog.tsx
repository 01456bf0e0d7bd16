import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Instrument } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useStateText } from './use-assessments.ts'

interface TextDialogProps {
  one: Instrument
  name: string
  onClose: () => void
}

/** The wording of a scale, typed or pasted from the official text. */
export function TextDialog({ one, name, onClose }: TextDialogProps) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<{ text: string; source: string }>()
  const state = useStateText(one.id)
  const save = ({ text, source }: { text: string; source: string }) =>
    state.mutate(
      { language: 'zh-CN', items: itemsOf(text), source, seen: one.text?.version ?? null },
      {
        onSuccess: () => {
          void message.success(t('instruments.saved'))
          onClose()
        },
      },
    )
  const needed = [{ required: true, whitespace: true, min: 2, message: t('instruments.needed') }]
  return (
    <Modal
      open
      width={720}
      title={t('instruments.stateTextOf', { name })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('instruments.save')}
      cancelText={t('instruments.cancel')}
      confirmLoading={state.isPending}
    >
      <p className="muted">{t('instruments.textHint')}</p>
      <Form
        form={form}
        name="instrument-text"
        layout="vertical"
        requiredMark={false}
        initialValues={{ text: textOf(one), source: one.text?.source ?? '' }}
        onFinish={save}
      >
        <Form.Item name="text" label={t('instruments.textField')} rules={needed}>
          <Input.TextArea autoSize={{ minRows: 8, maxRows: 18 }} />
        </Form.Item>
        <Form.Item name="source" label={t('instruments.source')} rules={needed}>
          <Input maxLength={300} placeholder={t('instruments.sourceHint')} />
        </Form.Item>
        <p role="alert" className="assess-problem">
          {state.error ? problemText(state.error) : null}
        </p>
      </Form>
    </Modal>
  )
}

/** A paragraph for each item: its first line the item, every other one an option. */
function itemsOf(text: string): { text: string; options: string[] }[] {
  return text
    .split(/\n\s*\n/)
    .map((paragraph) => paragraph.split('\n').flatMap((line) => line.trim() || []))
    .filter((lines) => lines.length > 0)
    .map(([first = '', ...options]) => ({ text: first, options }))
}

function textOf({ text }: Instrument): string {
  return (text?.items ?? []).map((item) => [item.text, ...item.options].join('\n')).join('\n\n')
}
