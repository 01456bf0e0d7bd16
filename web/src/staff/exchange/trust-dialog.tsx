import { ArrowUpOutlined } from '@ant-design/icons'
import { App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { FactTrust } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useStateTrust } from './use-sources.ts'

interface Written {
  because: string
}

/** Sets whose word of one fact goes first, with what that rests on; each step lifts one kind by one place. */
export function TrustDialog({
  trust,
  name,
  onClose,
}: {
  trust: FactTrust
  name: string
  onClose: () => void
}) {
  const { t } = useTranslation(['exchange', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<Written>()
  const [kinds, setKinds] = useState(trust.kinds)
  const state = useStateTrust(trust.fact)
  const lift = (place: number) =>
    setKinds(
      kinds.map((kind, at) => {
        if (at === place - 1) return kinds[place] ?? kind
        return at === place ? (kinds[place - 1] ?? kind) : kind
      }),
    )
  const save = ({ because }: Written) =>
    state.mutate(
      { kinds, because: because.trim(), seen: trust.statedId },
      {
        onSuccess: () => {
          void message.success(t('order.saved'))
          onClose()
        },
      },
    )
  return (
    <Modal
      open
      title={t('order.of', { name })}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('order.save')}
      cancelText={t('words:cancel')}
      confirmLoading={state.isPending}
    >
      <p className="muted">{t('order.hint')}</p>
      <ol className="fact-trust-kinds">
        {kinds.map((kind, place) => (
          <li key={kind}>
            {t(`order.kind.${kind}`)}
            <Button
              size="small"
              type="text"
              icon={<ArrowUpOutlined />}
              disabled={place === 0}
              aria-label={t('order.lift', { kind: t(`order.kind.${kind}`) })}
              onClick={() => lift(place)}
            />
          </li>
        ))}
      </ol>
      <Form<Written>
        form={form}
        name="trust"
        layout="vertical"
        requiredMark={false}
        onFinish={save}
      >
        <Form.Item
          name="because"
          label={t('terms.because')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('terms.becauseNeeded') }]}
        >
          <Input maxLength={300} placeholder={t('terms.becauseHint')} />
        </Form.Item>
        <p role="alert" className="source-problem">
          {state.error ? problemText(state.error) : null}
        </p>
      </Form>
    </Modal>
  )
}
