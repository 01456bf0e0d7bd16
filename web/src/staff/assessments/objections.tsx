import { App, Button, Checkbox, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HouseholdAssessment } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { useToday } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useObject, useReply } from './use-assessments.ts'

type Objection = HouseholdAssessment['objections'][number]

/** What the household says against its assessment, and what it was told. */
export function Objections({ id, data }: { id: number; data: HouseholdAssessment }) {
  const { t } = useTranslation('assessments')
  const [writing, setWriting] = useState(false)
  return (
    <section className="card assess-card" aria-label={t('objection.title')}>
      <header className="assess-head">
        <h2>{t('objection.title')}</h2>
        {data.may.includes('object') && !writing ? (
          <div className="assess-action">
            <Button onClick={() => setWriting(true)}>{t('objection.record')}</Button>
          </div>
        ) : null}
      </header>
      {writing ? <ObjectionForm id={id} onClose={() => setWriting(false)} /> : null}
      {data.objections.length === 0 && !writing ? (
        <p className="muted">{t('objection.none')}</p>
      ) : null}
      <ul className="assess-list">
        {data.objections.map((one) => (
          <ObjectionItem key={one.id} id={id} one={one} mayReply={data.may.includes('reply')} />
        ))}
      </ul>
    </section>
  )
}

function ObjectionForm({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const today = useToday()
  const record = useObject(id)
  const save = (said: { text: string; toldOn: string }) =>
    record.mutate(said, {
      onSuccess: () => {
        void message.success(t('objection.recorded'))
        onClose()
      },
    })
  return (
    <Form layout="vertical" requiredMark={false} initialValues={{ toldOn: today }} onFinish={save}>
      <Form.Item
        name="text"
        label={t('objection.text')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('objection.needed') }]}
      >
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} autoFocus />
      </Form.Item>
      <Form.Item name="toldOn" label={t('objection.toldOn')}>
        <Input type="date" max={today} className="assess-day" />
      </Form.Item>
      <p role="alert" className="assess-problem">
        {record.error ? problemText(record.error) : null}
      </p>
      <div className="assess-buttons">
        <Button onClick={onClose}>{t('objection.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={record.isPending}>
          {t('objection.record')}
        </Button>
      </div>
    </Form>
  )
}

function ObjectionItem({ id, one, mayReply }: { id: number; one: Objection; mayReply: boolean }) {
  const { t } = useTranslation('assessments')
  const [replying, setReplying] = useState(false)
  const chip =
    one.upheld === null ? 'waits' : one.upheld ? ('upheldChip' as const) : ('refusedChip' as const)
  return (
    <li className="assess-said">
      <p>{one.text}</p>
      <p className="muted small">
        {t('objection.by', { day: one.toldOn, name: one.recordedBy ?? '' })}{' '}
        <Chip tone={one.upheld === null ? 'amber' : 'outline'}>{t(`objection.${chip}`)}</Chip>
      </p>
      {one.reply === null ? null : (
        <p className="assess-reply">
          {t('objection.replied')} · {one.reply}{' '}
          <span className="muted small">{one.repliedBy}</span>
        </p>
      )}
      {one.upheld === null && mayReply && !replying ? (
        <Button size="small" onClick={() => setReplying(true)}>
          {t('objection.reply')}
        </Button>
      ) : null}
      {replying && one.upheld === null ? (
        <ReplyForm id={id} objectionId={one.id} onClose={() => setReplying(false)} />
      ) : null}
    </li>
  )
}

interface ReplyFormProps {
  id: number
  objectionId: number
  onClose: () => void
}

function ReplyForm({ id, objectionId, onClose }: ReplyFormProps) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const send = useReply(id, objectionId)
  const save = (said: { reply: string; upheld?: boolean }) =>
    send.mutate(
      { reply: said.reply, upheld: said.upheld ?? false },
      {
        onSuccess: () => {
          void message.success(t('objection.replied'))
          onClose()
        },
      },
    )
  return (
    <Form layout="vertical" requiredMark={false} onFinish={save}>
      <Form.Item
        name="reply"
        label={t('objection.replyText')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('objection.needed') }]}
      >
        <Input.TextArea maxLength={1000} autoSize={{ minRows: 2 }} autoFocus />
      </Form.Item>
      <Form.Item name="upheld" valuePropName="checked">
        <Checkbox>{t('objection.upheld')}</Checkbox>
      </Form.Item>
      <p role="alert" className="assess-problem">
        {send.error ? problemText(send.error) : null}
      </p>
      <div className="assess-buttons">
        <Button onClick={onClose}>{t('objection.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t('objection.reply')}
        </Button>
      </div>
    </Form>
  )
}
