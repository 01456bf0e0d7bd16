import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Lead } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useLeadActions } from './use-leads.ts'

const KINDS = ['raised', 'assigned', 'snoozed', 'disposition', 'note', 'undo', 'closed'] as const

type Kind = (typeof KINDS)[number] | 'unknown'

function kindOf(kind: string): Kind {
  return KINDS.find((known) => kind === known || kind.startsWith(known)) ?? 'unknown'
}

/** What happened with this lead, newest first, and a line to add to it. */
export function LeadEvents({ lead }: { lead: Lead }) {
  const { t } = useTranslation('leads')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const actions = useLeadActions()
  const [text, setText] = useState('')

  async function add(): Promise<void> {
    try {
      await actions.note(lead.id, text.trim())
      setText('')
      message.success(t('done.noted'))
    } catch (error) {
      message.warning(problemText(error))
    }
  }

  return (
    <section className="lead-events">
      <h2>{t('panel.notes')}</h2>
      <form
        className="note-form"
        onSubmit={(event) => {
          event.preventDefault()
          if (text.trim()) void add()
        }}
      >
        <Input.TextArea
          value={text}
          autoSize={{ minRows: 1, maxRows: 4 }}
          maxLength={500}
          aria-label={t('panel.notePlaceholder')}
          placeholder={t('panel.notePlaceholder')}
          onChange={(event) => setText(event.target.value)}
        />
        <Button htmlType="submit" disabled={!text.trim()}>
          {t('panel.addNote')}
        </Button>
      </form>
      {lead.events.length === 0 ? <p className="muted">{t('panel.noEvents')}</p> : null}
      <ol>
        {lead.events.map((event, index) => (
          <li key={`${event.at}-${index}`}>
            <span className="muted small">
              <Moment at={event.at} /> · {event.by ?? t('system')} ·{' '}
              {t(`event.${kindOf(event.kind)}`)}
            </span>
            <span>{event.text}</span>
          </li>
        ))}
      </ol>
    </section>
  )
}
