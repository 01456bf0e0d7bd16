import { App, Checkbox, Form, Input, Modal, Radio, Select } from 'antd'
import { useTranslation } from 'react-i18next'
import type { WordForm } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { GROUPS, SEVERITIES, useTakeWord } from './use-warnings.ts'

const CHANNELS = ['neighbour', 'visit', 'call', 'hotline', 'station', 'event', 'self-help'] as const

type Written = Omit<WordForm, 'householdId' | 'severity'> & Partial<Pick<WordForm, 'severity'>>

/** Writes down what somebody said of a household. */
export function WordDialog({ householdId, onClose }: { householdId: number; onClose: () => void }) {
  const { t } = useTranslation(['warnings', 'words'])
  const [form] = Form.useForm<Written>()
  const { message } = App.useApp()
  const problemText = useProblemText()
  const take = useTakeWord()
  const group = Form.useWatch('group', form)
  const harm = Form.useWatch('harm', form)
  const save = ({ words, severity = 'red', ...rest }: Written) =>
    take.mutate(
      { householdId, severity, ...rest, words: words.trim() },
      {
        onSuccess: ({ warning }) => {
          void message.success(t(warning === null ? 'word.savedUnseen' : 'word.saved'))
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={t('word.title')}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('save')}
      cancelText={t('words:cancel')}
      confirmLoading={take.isPending}
    >
      <Form<Written>
        form={form}
        name="word"
        layout="vertical"
        requiredMark={false}
        initialValues={{
          group: 'neighbours',
          channel: 'neighbour',
          severity: 'yellow',
          harm: false,
        }}
        onFinish={save}
      >
        <Form.Item name="group" label={t('word.group')}>
          <Radio.Group
            options={GROUPS.map((value) => ({ value, label: t(`word.groups.${value}`) }))}
          />
        </Form.Item>
        <Form.Item name="channel" label={t('word.channel')}>
          <Select options={CHANNELS.map((value) => ({ value, label: t(`channel.${value}`) }))} />
        </Form.Item>
        {group === 'household' ? <p className="muted small">{t('word.selfHint')}</p> : null}
        {group === 'household' || harm ? null : (
          <Form.Item name="severity" label={t('word.severity')}>
            <Radio.Group
              options={SEVERITIES.map((value) => ({ value, label: t(`severity.${value}`) }))}
            />
          </Form.Item>
        )}
        <Form.Item
          name="words"
          label={t('word.words')}
          extra={t('word.sealed')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('field.needed') }]}
        >
          <Input.TextArea
            autoSize={{ minRows: 3, maxRows: 8 }}
            maxLength={1000}
            placeholder={t('word.wordsPlaceholder')}
          />
        </Form.Item>
        <Form.Item name="harm" valuePropName="checked" extra={harm ? t('word.harmHint') : null}>
          <Checkbox>{t('word.harm')}</Checkbox>
        </Form.Item>
        <p role="alert" className="warning-problem">
          {take.error ? problemText(take.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
