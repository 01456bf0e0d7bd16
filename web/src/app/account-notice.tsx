import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../ui/states.tsx'
import { EventLine } from '../staff/account/event-line.tsx'
import { accountQuery, useAnswerEvents, useEndSessions } from '../staff/account/use-account.ts'
import './account-notice.css'

/** What happened to the own account elsewhere; it stays on every page until the holder says whether it was they. */
export function AccountNotice() {
  const { t } = useTranslation('account')
  const { data } = useQuery(accountQuery)
  const answer = useAnswerEvents()
  const problemText = useProblemText()
  const [disowned, setDisowned] = useState(false)
  const asked = (data?.events ?? []).filter((event) => event.mine === null && !event.here)
  if (disowned && asked.length === 0) return <Disowned onDone={() => setDisowned(false)} />
  if (asked.length === 0) return null
  const events = asked.map(({ id }) => id)
  const say = (mine: boolean) =>
    answer.mutate({ events, mine }, { onSuccess: () => setDisowned(!mine) })
  return (
    <section className="card account-notice" aria-labelledby="account-notice">
      <h2 id="account-notice">{t('events.ask', { count: asked.length })}</h2>
      <ul>
        {asked.map((event) => (
          <EventLine key={event.id} event={event} />
        ))}
      </ul>
      <div className="account-notice-buttons">
        <Button loading={answer.isPending} onClick={() => say(true)}>
          {t('events.mine')}
        </Button>
        <Button danger loading={answer.isPending} onClick={() => say(false)}>
          {t('events.notMine')}
        </Button>
      </div>
      <div role="alert">{answer.error ? problemText(answer.error) : null}</div>
    </section>
  )
}

function Disowned({ onDone }: { onDone: () => void }) {
  const { t } = useTranslation('account')
  const end = useEndSessions()
  return (
    <section className="card account-notice" role="status">
      <h2>{t('events.told')}</h2>
      <p>{t('events.next')}</p>
      <div className="account-notice-buttons">
        <Button
          type="primary"
          loading={end.isPending}
          disabled={end.isSuccess}
          onClick={() => end.mutate(null)}
        >
          {end.data ? t('sessions.ended', { count: end.data.ended }) : t('sessions.endAll')}
        </Button>
        <Link to="/account">{t('password.change')}</Link>
        <Button type="text" onClick={onDone}>
          {t('events.close')}
        </Button>
      </div>
    </section>
  )
}
