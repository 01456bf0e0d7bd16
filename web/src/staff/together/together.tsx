import { useQuery } from '@tanstack/react-query'
import { useTranslation } from 'react-i18next'
import type { Combination } from '../../api/views.ts'
import { Advice } from '../../ui/advice.tsx'
import { Chip } from '../../ui/chip.tsx'
import { AmountText, Money } from '../../ui/money.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { NotAdded } from './not-added.tsx'
import { combinationQuery } from './use-together.ts'
import './together.css'

type Share = Combination['shares'][number]

/** Which programmes this household may receive together, with totals, and why not the others. */
export function Together({ id, on }: { id: string; on: string | undefined }) {
  const { t } = useTranslation('together')
  const { data, error, refetch } = useQuery(combinationQuery(id, on))
  return (
    <section className="card together" aria-labelledby="together">
      <header>
        <h2 id="together">{t('title')}</h2>
        <Advice />
      </header>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={4} /> : null}
      {data ? <Found found={data} /> : null}
    </section>
  )
}

function Found({ found }: { found: Combination }) {
  const { t } = useTranslation('together')
  return (
    <>
      <p className="muted small">{t('lead')}</p>
      {found.shares.length === 0 ? <p>{t('nothing')}</p> : <Shares shares={found.shares} />}
      {found.shares.length > 0 ? <Totals totals={found.totals} /> : null}
      {found.following.length > 0 ? <Following found={found} /> : null}
      <NotAdded found={found} />
      {found.complete ? null : <p className="muted small">{t('incomplete')}</p>}
    </>
  )
}

function Shares({ shares }: { shares: readonly Share[] }) {
  return (
    <ul className="together-shares">
      {shares.map((share) => (
        <ShareRow key={`${share.programme}-${share.member ?? ''}`} share={share} />
      ))}
    </ul>
  )
}

function ShareRow({ share, via }: { share: Share; via?: readonly string[] }) {
  const { t } = useTranslation('together')
  const { programmeName, tierName, memberName, received, amount } = share
  return (
    <li data-programme={share.programme}>
      <span className="together-name">
        {programmeName}
        {tierName && !programmeName.includes(tierName) ? (
          <span className="muted small">{tierName}</span>
        ) : null}
        {memberName ? <Chip tone="outline">{memberName}</Chip> : null}
        {received ? <Chip tone="outline">{t('received')}</Chip> : null}
        {via && via.length > 0 ? (
          <span className="muted small">{t('via', { programmes: via.join('、') })}</span>
        ) : null}
      </span>
      <span className="together-amount">
        <AmountText amount={amount} />
      </span>
    </li>
  )
}

function Totals({ totals }: { totals: Combination['totals'] }) {
  const { t } = useTranslation('together')
  const { month, year, once } = totals
  return (
    <p className="together-totals">
      <span className="muted">{t('total')}</span>
      <strong>
        <Money fen={month} per="month" />
      </strong>
      {year > 0 ? <Money fen={year} per="year" /> : null}
      {once > 0 ? <Money fen={once} per="once" /> : null}
    </p>
  )
}

function Following({ found }: { found: Combination }) {
  const { t } = useTranslation('together')
  return (
    <section className="together-part" aria-labelledby="together-following">
      <h3 id="together-following">{t('following')}</h3>
      <p className="muted small">{t('followingHint')}</p>
      <ul className="together-shares">
        {found.following.map((share) => (
          <ShareRow
            key={`${share.programme}-${share.member ?? ''}`}
            share={share}
            via={share.via}
          />
        ))}
      </ul>
      <Totals totals={found.totalsWithFollowing} />
    </section>
  )
}
