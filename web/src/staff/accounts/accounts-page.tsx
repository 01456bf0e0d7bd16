import { useQuery } from '@tanstack/react-query'
import { useNavigate, useSearch } from '@tanstack/react-router'
import { Button, Input, Select } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { AccountRow } from '../../api/views.ts'
import { stateTyped, useTyped } from '../../app/typed.ts'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { AccountItem } from './account-item.tsx'
import { InviteDialog } from './invite-dialog.tsx'
import { type Given, LinkDialog } from './link-dialog.tsx'
import { accountsQuery } from './use-accounts.ts'
import './accounts.css'

const STATES = ['active', 'locked', 'invited', 'disabled'] as const

/** Who may sign in at all, and how it stands with them. */
export function AccountsPage() {
  const { t } = useTranslation('accounts')
  const { state } = useSearch({ from: '/frame/accounts' })
  const q = useTyped()
  const navigate = useNavigate({ from: '/accounts' })
  const [inviting, setInviting] = useState(false)
  const [given, setGiven] = useState<Given>()
  const { data, error, refetch } = useQuery(accountsQuery(q))
  const shown = (data?.accounts ?? []).filter((one) => !state || one.state === state)
  return (
    <>
      <PageTitle
        title={t('title')}
        summary={data ? t('summary', { count: shown.length }) : null}
        action={
          <Button type="primary" onClick={() => setInviting(true)}>
            {t('invite.title')}
          </Button>
        }
      />
      <div className="accounts-tools">
        <Input.Search
          allowClear
          key={q}
          defaultValue={q}
          maxLength={100}
          aria-label={t('search')}
          placeholder={t('search')}
          onSearch={(text) =>
            void navigate({ search: true, state: stateTyped(text), replace: true })
          }
        />
        <Select
          allowClear
          aria-label={t('anyState')}
          placeholder={t('anyState')}
          value={state ?? null}
          options={STATES.map((value) => ({ value, label: t(`state.${value}`) }))}
          onChange={(value: string | null | undefined) =>
            void navigate({ search: value ? { state: value } : {}, state: true, replace: true })
          }
        />
      </div>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {data || error ? null : <LoadingState />}
      {data ? <Accounts rows={shown} onLink={setGiven} /> : null}
      <InviteDialog
        roles={data?.roles ?? []}
        open={inviting}
        onCancel={() => setInviting(false)}
        onGiven={(link) => {
          setInviting(false)
          setGiven(link)
        }}
      />
      <LinkDialog given={given} onDone={() => setGiven(undefined)} />
    </>
  )
}

interface AccountsProps {
  rows: readonly AccountRow[]
  onLink: (given: Given) => void
}

function Accounts({ rows, onLink }: AccountsProps) {
  const { t } = useTranslation('accounts')
  if (rows.length === 0) return <EmptyState title={t('nobody.title')} body={t('nobody.body')} />
  return (
    <ul className="card accounts">
      {rows.map((row) => (
        <AccountItem key={row.id} row={row} onLink={onLink} />
      ))}
    </ul>
  )
}
