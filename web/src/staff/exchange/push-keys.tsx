import { useQuery } from '@tanstack/react-query'
import { App, Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Chip } from '../../ui/chip.tsx'
import { Day } from '../../ui/day.tsx'
import { ErrorState, LoadingState, useProblemText } from '../../ui/states.tsx'
import { PushKeyDialog } from './push-key-dialog.tsx'
import { pushKeysQuery, useRevokePushKey } from './use-push-keys.ts'

/** Keys with which a source's own system pushes its files; asked for when it is opened. */
export function PushKeys({ sourceId, name }: { sourceId: string; name: string }) {
  const { t } = useTranslation('exchange')
  const [open, setOpen] = useState(false)
  const [making, setMaking] = useState(false)
  const { data, error, refetch } = useQuery({ ...pushKeysQuery(sourceId), enabled: open })
  return (
    <details onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{t('keys.title')}</summary>
      <p className="muted">{t('keys.lead')}</p>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {open && !data && !error ? <LoadingState rows={2} /> : null}
      <ul className="push-keys">
        {data?.items.map((key) => (
          <li key={key.id}>
            <span>
              <strong>{key.name}</strong>{' '}
              <Chip tone={key.state === 'live' ? 'bridge' : 'outline'}>
                {t(`keys.state.${key.state}`)}
              </Chip>
            </span>
            <span className="muted small">
              {t('keys.until')} <Day day={key.validTo} /> · {t('keys.madeBy', { by: key.madeBy })}{' '}
              <Day day={key.madeAt.slice(0, 10)} />
              {key.usedAt ? (
                <>
                  {' '}
                  · {t('keys.used')} <Day day={key.usedAt.slice(0, 10)} />
                </>
              ) : null}
            </span>
            {key.state === 'live' ? (
              <Revoke sourceId={sourceId} id={key.id} name={key.name} />
            ) : null}
          </li>
        ))}
      </ul>
      <Button size="small" onClick={() => setMaking(true)} aria-label={t('keys.makeOf', { name })}>
        {t('keys.make')}
      </Button>
      <PushKeyDialog
        sourceId={sourceId}
        name={name}
        open={making}
        onClose={() => setMaking(false)}
      />
    </details>
  )
}

function Revoke({ sourceId, id, name }: { sourceId: string; id: string; name: string }) {
  const { t } = useTranslation(['exchange', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const revoke = useRevokePushKey(sourceId)
  return (
    <Popconfirm
      title={t('keys.revokeAsk')}
      okText={t('keys.revoke')}
      cancelText={t('words:cancel')}
      onConfirm={() =>
        revoke.mutate(id, {
          onSuccess: () => void message.success(t('keys.revoked')),
          onError: (failure) => void message.error(problemText(failure)),
        })
      }
    >
      <Button size="small" danger aria-label={t('keys.revokeOf', { name })}>
        {t('keys.revoke')}
      </Button>
    </Popconfirm>
  )
}
