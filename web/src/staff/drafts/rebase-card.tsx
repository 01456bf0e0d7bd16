import { useQuery } from '@tanstack/react-query'
import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { DifferenceLines } from './difference-lines.tsx'
import { draftRebaseQuery, useDraftActions } from './use-drafts.ts'
import { useTrouble } from './use-trouble.ts'

type Choices = Record<string, 'mine' | 'theirs'>

/** What was published meanwhile, and how the draft comes to stand on it. */
export function RebaseCard({ draft }: { draft: Draft }) {
  const { t } = useTranslation('drafts')
  const { data, error, refetch } = useQuery(draftRebaseQuery(draft.id, draft.revision))
  const { rebase } = useDraftActions(draft.id)
  const trouble = useTrouble()
  const [choices, setChoices] = useState<Choices>({})
  const open = data?.files.filter(({ path, fate }) => fate === 'conflict' && !choices[path]) ?? []
  return (
    <section className="card draft-rebase" aria-label={t('rebase.title')}>
      <h2>{t('rebase.title')}</h2>
      <p>{t('rebase.body', { head: draft.head.version, base: draft.base.version })}</p>
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={3} /> : null}
      {data?.files.map(({ path, fate, lines }) => (
        <details key={path} open={fate === 'conflict'}>
          <summary>
            {path} <span className="muted small">{t(`rebase.fate.${fate}`)}</span>
          </summary>
          <DifferenceLines lines={lines} />
          {fate === 'conflict' && draft.mayWrite ? (
            <Radio.Group
              value={choices[path]}
              onChange={(event) => setChoices({ ...choices, [path]: event.target.value })}
              options={(['mine', 'theirs'] as const).map((one) => ({
                value: one,
                label: t(`rebase.choice.${one}`),
              }))}
            />
          ) : null}
        </details>
      ))}
      {draft.mayWrite ? (
        <Button
          type="primary"
          disabled={!data || open.length > 0}
          loading={rebase.isPending}
          onClick={() => rebase.mutate({ revision: draft.revision, choices })}
        >
          {t('rebase.button')}
        </Button>
      ) : (
        <p className="muted">{t('rebase.author')}</p>
      )}
      {rebase.error ? (
        <p role="alert" className="draft-trouble">
          {trouble(rebase.error)}
        </p>
      ) : null}
    </section>
  )
}
