import { App, Form, Input, Modal } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Household, HouseholdFact, OtherWord } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useSettleWord } from './use-household.ts'

/** What an official decides: which other word it is about, and whether it comes into force. */
export type Choice = Readonly<{ word: OtherWord; take: boolean }>

interface Written {
  because: string
}

/** An official says why one of two words is in force; both stay on record. */
export function SettleDialog({
  household,
  fact,
  choice: { word, take },
  onClose,
}: {
  household: Household
  fact: HouseholdFact
  choice: Choice
  onClose: () => void
}) {
  const { t } = useTranslation(['households', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const settle = useSettleWord(household)
  const save = ({ because }: Written) =>
    settle.mutate(
      { wordId: word.id, take, because: because.trim() },
      {
        onSuccess: () => {
          void message.success(t('differ.done', { name: fact.name }))
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={t(take ? 'differ.takeTitle' : 'differ.keepTitle', { name: fact.name })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t(take ? 'differ.take' : 'differ.keep')}
      cancelText={t('words:cancel')}
      confirmLoading={settle.isPending}
    >
      <p>
        {t('differ.outcome', {
          value: take ? word.valueText : fact.valueText,
          other: take ? fact.valueText : word.valueText,
        })}
      </p>
      <Form<Written>
        form={form}
        name="settle"
        layout="vertical"
        requiredMark={false}
        onFinish={save}
      >
        <Form.Item
          name="because"
          label={t('differ.why')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('differ.whyNeeded') }]}
        >
          <Input.TextArea rows={2} maxLength={300} placeholder={t('differ.whyHint')} />
        </Form.Item>
        <p role="alert" className="fact-form-problem">
          {settle.error ? problemText(settle.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
