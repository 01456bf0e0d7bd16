import { useQuery } from '@tanstack/react-query'
import { Button, Radio } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, DraftRelease } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { DifferenceLines } from './difference-lines.tsx'
import { draftReleaseQuery, useDraftActions } from './use-drafts.ts'
import { useTrouble } from './use-trouble.ts'

type Side = 'mine' | 'theirs'
type ReleaseFile = DraftRelease['files'][number]

const SIDES: readonly Side[] = ['mine', 'theirs']
const FATES = ['conflict', 'merged', 'theirs', 'ours'] as const

/** What came with a release of the program, held against what the district changed itself. */
export function ReleaseCard({ draft, version }: { draft: Draft; version: string }) {
  const { t } = useTranslation('drafts')
  const { data, error, refetch } = useQuery(draftReleaseQuery(draft.id, draft.revision))
  const { step } = useDraftActions(draft.id)
  const trouble = useTrouble()
  return (
    <section className="card draft-rebase draft-release" aria-label={t('releases.title')}>
      <h2>{t('releases.title')}</h2>
      {data ? <p>{t('releases.body', { version, base: data.base })}</p> : null}
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={3} /> : null}
      {data ? <Sides draft={draft} files={data.files} /> : null}
      {draft.steps.includes('take-up') ? (
        <div className="draft-take-up">
          <p>{t('releases.nobody')}</p>
          <Button
            type="primary"
            loading={step.isPending}
            onClick={() => step.mutate({ revision: draft.revision, step: 'take-up', text: '' })}
          >
            {t('step.take-up')}
          </Button>
        </div>
      ) : null}
      {step.error ? (
        <p role="alert" className="draft-trouble">
          {trouble(step.error)}
        </p>
      ) : null}
    </section>
  )
}

/** Files by how both sides meet in them, with the choice where they cannot both be kept. */
function Sides({ draft, files }: { draft: Draft; files: readonly ReleaseFile[] }) {
  const { t } = useTranslation('drafts')
  const { settle } = useDraftActions(draft.id)
  const trouble = useTrouble()
  const [choices, setChoices] = useState<Record<string, Side>>({})
  const open = new Set(draft.undecided)
  const chosen = Object.keys(choices).filter((path) => open.has(path))
  const mayChoose = draft.mayWrite && draft.author !== null
  return (
    <>
      {FATES.map((fate) => {
        const own = files.filter((file) => file.fate === fate)
        if (own.length === 0) return null
        return (
          <details key={fate} className="draft-fate" open={fate === 'conflict' && open.size > 0}>
            <summary>
              {t(`releases.fate.${fate === 'conflict' && open.size === 0 ? 'settled' : fate}`, {
                count: own.length,
              })}
            </summary>
            {own.map((file) => (
              <FileSides key={file.path} file={file}>
                {open.has(file.path) && mayChoose ? (
                  <Radio.Group
                    aria-label={t('releases.choose', { name: file.name })}
                    value={choices[file.path]}
                    onChange={(event) =>
                      setChoices({ ...choices, [file.path]: event.target.value })
                    }
                    options={SIDES.map((one) => ({
                      value: one,
                      label: t(`releases.choice.${one}`),
                    }))}
                  />
                ) : fate === 'conflict' ? (
                  <p className="muted small">
                    {t(open.has(file.path) ? 'releases.undecided' : 'releases.decided')}
                  </p>
                ) : null}
              </FileSides>
            ))}
          </details>
        )
      })}
      {open.size > 0 && mayChoose ? (
        <div className="draft-take-up">
          <p>{t('releases.still', { done: chosen.length, count: open.size })}</p>
          <Button
            type="primary"
            disabled={chosen.length === 0}
            loading={settle.isPending}
            onClick={() => settle.mutate({ revision: draft.revision, choices })}
          >
            {t('releases.button')}
          </Button>
        </div>
      ) : null}
      {settle.error ? (
        <p role="alert" className="draft-trouble">
          {trouble(settle.error)}
        </p>
      ) : null}
    </>
  )
}

function FileSides({ file, children }: { file: ReleaseFile; children: React.ReactNode }) {
  const { t } = useTranslation('drafts')
  const both = file.fate === 'conflict' || file.fate === 'merged'
  return (
    <div className="draft-sides">
      <h3>
        {file.name} <span className="muted small">{file.path}</span>
      </h3>
      <div className={both ? 'draft-two-sides' : undefined}>
        {file.fate === 'theirs' ? null : (
          <div>
            <p className="small">{t('releases.ours')}</p>
            <DifferenceLines lines={file.ours} />
          </div>
        )}
        {file.fate === 'ours' ? null : (
          <div>
            <p className="small">{t('releases.theirs')}</p>
            <DifferenceLines lines={file.theirs} />
          </div>
        )}
      </div>
      {children}
    </div>
  )
}
