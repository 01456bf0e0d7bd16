import { Link } from '@tanstack/react-router'
import { App, Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Alert } from '../../api/views.ts'
import { stateTyped } from '../../app/typed.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useSettle } from './use-alerts.ts'

const PATTERNS = [
  'sign-ins-refused',
  'accounts-refused',
  'requests-refused',
  'households-read',
  'glass-broken',
  'account-disowned',
] as const

/** One alert: what, whose account, what it rests on, and what came of it. */
export function AlertItem({ alert }: { alert: Alert }) {
  const { t } = useTranslation('alerts')
  const { may } = useSession()
  const pattern = PATTERNS.find((one) => one === alert.pattern) ?? 'other'
  const open = alert.settledAt === null
  return (
    <li className="card alert-item">
      <p className="alert-head">
        <strong>{t(`pattern.${pattern}`)}</strong>
        <Chip tone={open ? 'amber' : 'plain'}>{t(open ? 'state.open' : 'state.settled')}</Chip>
        <span>{alert.name ? `${alert.name} · ${alert.roleName ?? ''}` : t('many')}</span>
        {alert.name && may.includes('accounts.read') ? (
          <Link to="/accounts" state={stateTyped(alert.name)}>
            {t('account')}
          </Link>
        ) : null}
      </p>
      <Evidence alert={alert} pattern={pattern} />
      {alert.settledAt ? (
        <p className="alert-note">
          {t('settledBy', { name: alert.settledBy ?? t('someone'), note: alert.note })}{' '}
          <span className="muted small">
            <Moment at={alert.settledAt} />
          </span>
        </p>
      ) : null}
      {open && may.includes('alerts.write') ? <Settle alert={alert} /> : null}
    </li>
  )
}

interface EvidenceProps {
  alert: Alert
  pattern: (typeof PATTERNS)[number] | 'other'
}

/** The latest finding in full; how many came before. */
function Evidence({ alert, pattern }: EvidenceProps) {
  const { t } = useTranslation('alerts')
  const latest = alert.evidence.at(-1)
  if (!latest) return null
  const earlier = alert.evidence.length - 1
  return (
    <p className="alert-evidence">
      {t(`seen.${pattern}`, { count: latest.count })} · <Moment at={latest.from} /> –{' '}
      <Moment at={latest.to} />
      <span className="muted small">
        {earlier > 0 ? `${t('earlier', { count: earlier })} · ` : null}
        {t('entries', { entries: latest.entries.join(' ') })}
      </span>
    </p>
  )
}

function Settle({ alert }: { alert: Alert }) {
  const { t } = useTranslation('alerts')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const settle = useSettle(alert.id)
  const [note, setNote] = useState('')
  if (alert.own) return <p className="muted">{t('own')}</p>
  return (
    <form
      className="alert-settle"
      onSubmit={(event) => {
        event.preventDefault()
        settle.mutate(note.trim(), { onSuccess: () => void message.success(t('settled')) })
      }}
    >
      <Input.TextArea
        autoSize={{ minRows: 1, maxRows: 4 }}
        maxLength={1000}
        value={note}
        aria-label={t('note')}
        placeholder={t('note')}
        onChange={(event) => setNote(event.target.value)}
      />
      <Button htmlType="submit" disabled={note.trim() === ''} loading={settle.isPending}>
        {t('settle')}
      </Button>
      {settle.error ? (
        <span role="alert" className="alert-problem">
          {problemText(settle.error)}
        </span>
      ) : null}
    </form>
  )
}
