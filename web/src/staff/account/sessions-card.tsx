import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { OwnSession } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { useSignInError } from '../signin/signin-error.ts'
import { browserOf } from './browser.ts'
import { useEndSessions } from './use-account.ts'

/** Where the account is signed in just now. */
export function SessionsCard({ sessions }: { sessions: readonly OwnSession[] }) {
  const { t } = useTranslation('account')
  const { message } = App.useApp()
  const end = useEndSessions()
  const errorText = useSignInError()
  const finish = (id: string | null) =>
    end.mutate(id, {
      onSuccess: ({ ended }) => void message.success(t('sessions.ended', { count: ended })),
      onError: (error) => void message.warning(errorText(error)),
    })
  const others = sessions.length - 1
  return (
    <section className="card account-card" aria-labelledby="account-sessions">
      <header>
        <h2 id="account-sessions">{t('sessions.title')}</h2>
        {others > 0 ? (
          <Button loading={end.isPending} onClick={() => finish(null)}>
            {t('sessions.endAll')}
          </Button>
        ) : null}
      </header>
      <p className="muted">{others > 0 ? t('sessions.lead') : t('sessions.only')}</p>
      <ul className="account-sessions">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} onEnd={() => finish(session.id)} />
        ))}
      </ul>
    </section>
  )
}

function SessionRow({ session, onEnd }: { session: OwnSession; onEnd: () => void }) {
  const { t } = useTranslation('account')
  const { browser, system } = browserOf(session.agent)
  return (
    <li>
      <p>
        <strong>
          {t('sessions.browser', {
            browser: browser ?? t('sessions.unknownBrowser'),
            system: system ?? t('sessions.unknownSystem'),
          })}
        </strong>{' '}
        {session.current ? <Chip tone="bridge">{t('sessions.here')}</Chip> : null}
      </p>
      <p className="muted small">
        {t('sessions.since')} <Moment at={session.openedAt} /> · {t('sessions.used')}{' '}
        <Moment at={session.seenAt} />
        {session.address ? ` · ${t('sessions.from')} ${session.address}` : null}
      </p>
      {session.current ? null : (
        <Button size="small" onClick={onEnd}>
          {t('sessions.end')}
        </Button>
      )}
    </li>
  )
}
