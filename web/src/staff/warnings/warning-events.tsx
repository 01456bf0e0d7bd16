import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Warning } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useNote } from './use-warnings.ts'

const KINDS = [
  'raised',
  'evidence',
  'joined',
  'dispatched',
  'acknowledged',
  'contacted',
  'visited',
  'found',
  'disposed',
  'fed-back',
  'closed',
  'reported',
  'named',
  'note',
] as const

/** What happened with the warning, the latest first, and a line to add to it. */
export function WarningEvents({ warning }: { warning: Warning }) {
  const { t } = useTranslation('warnings')
  const text = useEventText()
  return (
    <section className="card warning-part">
      <h2>{t('page.events')}</h2>
      {warning.may.includes('note') ? <NoteForm id={warning.id} /> : null}
      <ol className="warning-events">
        {warning.events.map((event, place) => (
          <li key={`${event.at} ${place}`}>
            <span className="muted small">
              <Moment at={event.at} /> · {event.by ?? t('page.system')}
            </span>
            <span>
              <strong>{text(event)}</strong>
              {event.words ? `：${event.words}` : null}
            </span>
          </li>
        ))}
      </ol>
    </section>
  )
}

type Event = Warning['events'][number]

function useEventText(): (event: Event) => string {
  const { t } = useTranslation('warnings')
  const codeOf = ({ kind, code }: Event): string => {
    if (code === null) return ''
    if (kind === 'contacted') return t(`severity.${code as 'red'}`)
    if (kind === 'visited') return t(`way.${code as 'home'}`)
    if (kind === 'found') return t(`outcome.${code as 'confirmed'}`)
    if (kind === 'disposed') return t(`disposal.${code as 'aid'}`)
    if (kind === 'reported') return t(`authority.${code as 'police'}`)
    return code
  }
  return (event) => {
    const kind = KINDS.find((one) => one === event.kind) ?? 'note'
    const name = event.toName ?? ''
    if (kind === 'dispatched' && event.toName) return t('event.dispatchedTo', { name })
    if (kind === 'named') return t('event.named', { name })
    const code = codeOf(event)
    return code ? `${t(`event.${kind}`)} ${code}` : t(`event.${kind}`)
  }
}

function NoteForm({ id }: { id: number }) {
  const { t } = useTranslation('warnings')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const note = useNote(id)
  const [text, setText] = useState('')
  const written = text.trim()
  return (
    <form
      className="warning-note"
      onSubmit={(event) => {
        event.preventDefault()
        if (written.length < 2) return
        note.mutate(written, {
          onSuccess: () => {
            setText('')
            void message.success(t('noted'))
          },
          onError: (error) => void message.warning(problemText(error)),
        })
      }}
    >
      <Input.TextArea
        value={text}
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={1000}
        aria-label={t('notePlaceholder')}
        placeholder={t('notePlaceholder')}
        onChange={(event) => setText(event.target.value)}
      />
      <Button htmlType="submit" disabled={written.length < 2} loading={note.isPending}>
        {t('act.note')}
      </Button>
    </form>
  )
}
