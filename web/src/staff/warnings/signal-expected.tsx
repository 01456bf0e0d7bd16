import { Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { WarningSignal } from '../../api/views.ts'
import { shortAreaName } from '../../ui/area-name.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useExpected } from './use-warnings.ts'

type Tried = Readonly<{ rule: string; redRule: string | null; freshDays: number | null }>

/** How many households a rule would raise today, by township: asked for before it is switched on. */
export function SignalExpected({ signal, tried }: { signal: WarningSignal; tried?: () => Tried }) {
  const { t } = useTranslation('warnings')
  const problemText = useProblemText()
  const expected = useExpected(signal.id)
  const ask = () => {
    const { rule, redRule, freshDays } = tried?.() ??
      signal.stated ??
      signal.shipped ?? {
        rule: '',
        redRule: null,
        freshDays: null,
      }
    expected.mutate({
      rule,
      ...(redRule ? { redRule } : {}),
      ...(freshDays ? { freshDays } : {}),
    })
  }
  const { data } = expected
  return (
    <div className="signal-expected">
      <Button size="small" loading={expected.isPending} onClick={ask}>
        {t('signals.expected')}
      </Button>
      <span role="status">
        {data ? (
          <strong>
            {data.total === 0
              ? t('signals.expectedNone')
              : t('signals.expectedTotal', { total: data.total, red: data.red })}
          </strong>
        ) : null}
      </span>
      {data && data.total > 0 ? (
        <ul>
          {data.townships
            .filter(({ count }) => count > 0)
            .map(({ id, name, count }) => (
              <li key={id}>
                {shortAreaName(name)} <span className="number">{count}</span>
              </li>
            ))}
        </ul>
      ) : null}
      <span role="alert" className="warning-problem">
        {expected.error ? problemText(expected.error) : null}
      </span>
    </div>
  )
}
