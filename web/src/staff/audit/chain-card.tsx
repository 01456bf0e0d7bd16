import { SafetyCertificateOutlined } from '@ant-design/icons'
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useProblemText } from '../../ui/states.tsx'
import { momentText } from '../../ui/days.ts'
import { chainQuery, verifyLog } from './use-audit.ts'

/** Up to where the log is sealed, and whether all of it is sound. */
export function ChainCard() {
  const { t } = useTranslation('audit')
  const queries = useQueryClient()
  const problemText = useProblemText()
  const { data } = useQuery(chainQuery)
  const check = useMutation({
    mutationFn: verifyLog,
    onSuccess: () => void queries.invalidateQueries({ queryKey: chainQuery.queryKey }),
  })
  const { seal = null, unsealed = 0 } = data ?? {}
  const found = check.data
  return (
    <section className="audit-chain card" aria-label={t('chain.title')}>
      <SafetyCertificateOutlined />
      <p>
        {seal
          ? t('chain.sealed', {
              entry: seal.lastEntry,
              number: seal.number,
              at: momentText(seal.at),
            })
          : t('chain.none')}
        <span className="muted"> · {t('chain.unsealed', { count: unsealed })}</span>
        {seal ? (
          <span className="muted small audit-hash">
            {t('chain.hash')} <code>{seal.hash}</code>
          </span>
        ) : null}
      </p>
      <Button loading={check.isPending} onClick={() => check.mutate()}>
        {t('chain.verify')}
      </Button>
      {check.error ? <Alert type="error" showIcon title={problemText(check.error)} /> : null}
      {found ? (
        <Alert
          type={found.findings === 0 ? 'success' : 'error'}
          showIcon
          title={
            found.findings === 0
              ? t('chain.sound', { entries: found.entries, seals: found.seals })
              : t('chain.broken', { count: found.findings })
          }
          description={found.told.length > 0 ? found.told.join('\n') : undefined}
        />
      ) : null}
    </section>
  )
}
