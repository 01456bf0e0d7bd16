import { PrinterOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate, useParams, useSearch } from '@tanstack/react-router'
import { Button, Switch } from 'antd'
import { useTranslation } from 'react-i18next'
import { policyQuery } from '../../api/policies.ts'
import type { Policy } from '../../api/views.ts'
import { Advice } from '../../ui/advice.tsx'
import { Chip } from '../../ui/chip.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { PolicyBasis } from './policy-basis.tsx'
import { PolicyConditions } from './policy-conditions.tsx'
import { PolicyHowMuch } from './policy-how-much.tsx'
import { PolicyHowTo } from './policy-how-to.tsx'
import { PolicyNames } from './policy-names.tsx'
import './policies.css'
import './policy-page.css'

export function PolicyPage() {
  const { policyId } = useParams({ from: '/frame/policies/$policyId' })
  const { easy } = useSearch({ from: '/frame/policies/$policyId' })
  const { data: policy, error, refetch } = useQuery(policyQuery(policyId))
  if (error) return <ErrorState error={error} retry={() => void refetch()} />
  if (!policy) return <LoadingState rows={10} />
  const isEasy = Boolean(easy) && Boolean(policy.easyRead)
  return (
    <article className={isEasy ? 'policy policy-easy' : 'policy'}>
      <PolicyTitle policy={policy} isEasy={isEasy} />
      {isEasy ? (
        <div className="easy-read">
          {policy.easyRead
            ?.split(/\n+/)
            .filter(Boolean)
            .map((line) => (
              <p key={line}>{line}</p>
            ))}
          <PolicyHowTo policy={policy} />
        </div>
      ) : (
        <FullPolicy policy={policy} />
      )}
    </article>
  )
}

function PolicyTitle({ policy, isEasy }: { policy: Policy; isEasy: boolean }) {
  const { t } = useTranslation(['policies', 'words'])
  const navigate = useNavigate({ from: '/policies/$policyId' })
  return (
    <PageTitle
      back={
        <Link to="/policies">
          <span aria-hidden="true">← </span>
          {t('backToList')}
        </Link>
      }
      title={policy.name}
      summary={
        <span className="policy-chips">
          <Chip tone="bridge">{policy.categoryName}</Chip>
          {policy.level ? <Chip>{t('levelOf', { level: policy.level })}</Chip> : null}
          {policy.departments.map((department) => (
            <Chip key={department}>{department}</Chip>
          ))}
          <Chip tone="outline">{t(`computes.${policy.computes}`)}</Chip>
        </span>
      }
      action={
        <>
          {policy.easyRead ? (
            <label className="policy-easy-switch">
              <Switch
                checked={isEasy}
                aria-label={t('easyRead')}
                onChange={(on) => void navigate({ search: on ? { easy: '1' } : {}, replace: true })}
              />
              {t('easyRead')}
            </label>
          ) : null}
          <Button icon={<PrinterOutlined />} onClick={() => window.print()}>
            {t('words:print')}
          </Button>
        </>
      }
    />
  )
}

function FullPolicy({ policy }: { policy: Policy }) {
  const { t } = useTranslation('policies')
  return (
    <div className="policy-columns">
      <div className="policy-main">
        <section className="card policy-section policy-purpose">
          <p>{policy.purpose}</p>
          <Advice />
        </section>
        {policy.forWhom || policy.plain ? (
          <section className="card policy-section">
            <h2>{t('forWhom')}</h2>
            {policy.forWhom ? <p>{policy.forWhom}</p> : null}
            {policy.plain ? <p className="policy-plain">{policy.plain}</p> : null}
          </section>
        ) : null}
        <PolicyHowMuch policy={policy} />
        <PolicyConditions policy={policy} />
      </div>
      <aside className="policy-side">
        <PolicyHowTo policy={policy} />
        <PolicyNames policy={policy} />
        <PolicyBasis policy={policy} />
      </aside>
    </div>
  )
}
