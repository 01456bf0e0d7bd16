import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import type { Lab } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { useRefreshLab } from './use-lab.ts'

/** On whom the change is tried, as of when; and reading them anew. */
export function SampleLine({ sample }: { sample: NonNullable<Lab['sample']> }) {
  const { t } = useTranslation('lab')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const refresh = useRefreshLab()
  const { area, households, persons, on, readAt, pack, stale } = sample
  const number = (value: number) => value.toLocaleString('zh-CN')
  const at = new Date(readAt).toLocaleString('zh-CN', { dateStyle: 'short', timeStyle: 'short' })
  return (
    <span>
      {t('sample', {
        area,
        on,
        at,
        pack: pack.version,
        households: number(households),
        persons: number(persons),
      })}{' '}
      {stale ? <strong>{t('stale')}</strong> : null}
      <Button
        type="link"
        size="small"
        loading={refresh.isPending}
        onClick={() =>
          refresh.mutate(undefined, {
            onSuccess: () => void message.success(t('refreshed')),
            onError: (failure) => void message.warning(problemText(failure)),
          })
        }
      >
        {t('refresh')}
      </Button>
    </span>
  )
}
