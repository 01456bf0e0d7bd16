import { queryOptions } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import { answerOf, api } from '../../api/client.ts'
import type { DemoAccounts as Demo } from '../../api/views.ts'

type Account = Demo['accounts'][number]

/** Only a demonstration server answers this; anything else means there is nothing to show. */
export const demoQuery = queryOptions({
  queryKey: ['demo'],
  queryFn: () => answerOf(api.GET('/api/demo')).catch(() => null),
  staleTime: Number.POSITIVE_INFINITY,
})

interface DemoAccountsProps {
  demo: Demo
  onFill: (account: { username: string; password: string }) => void
}

export function DemoAccounts({ demo, onFill }: DemoAccountsProps) {
  const { t } = useTranslation('signin')
  const fill = ({ username, password }: Account) => onFill({ username, password })
  return (
    <section className="demo-accounts" aria-labelledby="demo-accounts">
      <h2 id="demo-accounts">{t('demo.title')}</h2>
      <p className="muted small">{t('demo.body')}</p>
      <ul>
        {demo.accounts.map((account) => (
          <li key={account.username}>
            <button
              type="button"
              className="plain-button demo-account"
              onClick={() => fill(account)}
            >
              <span className="demo-account-role">{account.roleName}</span>
              <span className="muted small">{account.areaName}</span>
              <code>{account.username}</code>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
