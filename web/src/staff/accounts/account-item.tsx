import { DownOutlined } from '@ant-design/icons'
import { App, Button, Dropdown } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountRow } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { Moment } from '../../ui/day.tsx'
import { useSignInError } from '../signin/signin-error.ts'
import { AskDialog, type Asking } from './ask-dialog.tsx'
import type { Given } from './link-dialog.tsx'
import { useStep } from './use-accounts.ts'

interface AccountItemProps {
  row: AccountRow
  onLink: (given: Given) => void
}

/** What can be done with an account as it stands. */
function actsFor({ state, sessions }: AccountRow): (Asking | 'unlock' | 'end-sessions')[] {
  if (state === 'disabled') return ['enable']
  return [
    ...(state === 'locked' ? (['unlock'] as const) : []),
    'link',
    ...(sessions > 0 ? (['end-sessions'] as const) : []),
    'disable',
  ]
}

export function AccountItem({ row, onLink }: AccountItemProps) {
  const { t } = useTranslation('accounts')
  const [asking, setAsking] = useState<Asking>()
  return (
    <li className={row.state === 'disabled' ? 'account-over' : undefined}>
      <p className="account-who">
        <strong>{row.name}</strong> <code>{row.username}</code>
        <br />
        <span className="muted small">
          {row.roleName} · {row.areaName}
        </span>
      </p>
      <p className="account-state">
        <Chip tone={row.state === 'locked' ? 'amber' : row.state === 'active' ? 'bridge' : 'plain'}>
          {t(`state.${row.state}`)}
        </Chip>{' '}
        <Chip tone="outline">{row.secondFactor ? t('factorOn') : t('factorOff')}</Chip>
      </p>
      <p className="account-last muted small">
        <LastSeen row={row} />
      </p>
      {row.own ? (
        <span className="account-acts muted small">{t('own')}</span>
      ) : (
        <Acts row={row} onAsk={setAsking} />
      )}
      <AskDialog row={row} asking={asking} onDone={() => setAsking(undefined)} onLink={onLink} />
    </li>
  )
}

function LastSeen({ row }: { row: AccountRow }) {
  const { t } = useTranslation('accounts')
  const until = row.lockedUntil ?? (row.state === 'invited' ? row.invitedUntil : null)
  return (
    <>
      {row.signedInAt ? (
        <>
          {t('signedIn')} <Moment at={row.signedInAt} />
          {row.sessions > 0 ? ` · ${t('live', { count: row.sessions })}` : null}
        </>
      ) : (
        t('never')
      )}
      {until ? (
        <>
          <br />
          {row.lockedUntil ? t('lockedUntil') : t('linkUntil')} <Moment at={until} />
        </>
      ) : null}
    </>
  )
}

function Acts({ row, onAsk }: { row: AccountRow; onAsk: (asking: Asking) => void }) {
  const { t } = useTranslation('accounts')
  const { message } = App.useApp()
  const step = useStep()
  const errorText = useSignInError()
  const items = actsFor(row).map((key) => ({
    key,
    label: key === 'link' && row.state === 'invited' ? t('act.again') : t(`act.${key}`),
    onClick: () => {
      if (key !== 'unlock' && key !== 'end-sessions') {
        onAsk(key)
        return
      }
      step.mutate(
        { id: row.id, step: key },
        {
          onSuccess: () => void message.success(t(`done.${key}`)),
          onError: (failure) => void message.warning(errorText(failure)),
        },
      )
    },
  }))
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button
        className="account-acts"
        loading={step.isPending}
        aria-label={t('actsOf', { name: row.name })}
      >
        {t('acts')} <DownOutlined />
      </Button>
    </Dropdown>
  )
}
