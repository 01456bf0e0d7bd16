import { Link } from '@tanstack/react-router'
import { App, Button, Form, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SafetyTask } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { momentText } from '../../ui/days.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useContact } from './use-assessments.ts'

/** Somebody to be spoken with at once, until when, and what came of it. */
export function SafetyItem({
  task,
  inHousehold = false,
}: {
  task: SafetyTask
  inHousehold?: boolean
}) {
  const { t } = useTranslation('assessments')
  const [telling, setTelling] = useState(false)
  if (task.handledAt !== null)
    return (
      <li className="assess-row assess-row-over">
        <span className="assess-row-text">
          {t('safety.handled', { name: task.handledBy ?? '', outcome: task.outcome ?? '' })}
        </span>
      </li>
    )
  const until =
    task.urgency === 'overdue'
      ? t('safety.overdue')
      : task.dueAt === null
        ? ''
        : t('safety.due', { at: momentText(task.dueAt) })
  const said = [
    // Empty until the district says why it looks.
    task.because.map((one) => t(`safety.because.${one}`)).join(t('standing.and')),
    until,
    t('safety.owner', { name: task.owner }),
  ].filter((one) => one !== '')
  return (
    <li className="assess-danger">
      <p>
        <strong>{t('safety.act')}</strong> · {task.personName}
        {inHousehold ? null : (
          <span className="muted">
            {' '}
            {task.registerNo} · {shortAreaName(task.area.name)}
          </span>
        )}
      </p>
      <p>{said.join(' · ')}</p>
      {telling ? (
        <ContactForm task={task} onClose={() => setTelling(false)} />
      ) : (
        <div className="assess-buttons assess-buttons-start">
          <Button type="primary" onClick={() => setTelling(true)}>
            {t('safety.contact')}
          </Button>
          {inHousehold ? null : (
            <Link
              to="/households/$householdId"
              params={{ householdId: String(task.householdId) }}
              search={{ tab: 'assessment' }}
            >
              {t('safety.open')}
            </Link>
          )}
        </div>
      )}
    </li>
  )
}

function ContactForm({ task, onClose }: { task: SafetyTask; onClose: () => void }) {
  const { t } = useTranslation('assessments')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const send = useContact(task.id)
  const save = ({ outcome }: { outcome: string }) =>
    send.mutate(outcome, {
      onSuccess: () => {
        void message.success(t('safety.done'))
        onClose()
      },
    })
  return (
    <Form layout="vertical" requiredMark={false} onFinish={save}>
      <Form.Item
        name="outcome"
        label={t('safety.outcome')}
        rules={[{ required: true, whitespace: true, min: 2, message: t('objection.needed') }]}
      >
        <Input.TextArea
          maxLength={500}
          autoSize={{ minRows: 2 }}
          placeholder={t('safety.outcomeHint')}
          autoFocus
        />
      </Form.Item>
      <p role="alert" className="assess-problem">
        {send.error ? problemText(send.error) : null}
      </p>
      <div className="assess-buttons">
        <Button onClick={onClose}>{t('safety.cancel')}</Button>
        <Button type="primary" htmlType="submit" loading={send.isPending}>
          {t('safety.save')}
        </Button>
      </div>
    </Form>
  )
}
