import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SharingPage } from '../../api/views.ts'
import { Day, Moment } from '../../ui/day.tsx'
import { NoteDialog } from './note-dialog.tsx'
import { useNoteUse } from './use-sharing.ts'

const FIELDS = ['scene', 'process', 'effect', 'storage', 'destruction'] as const
const NEEDED: readonly string[] = ['scene', 'process']

/** How what was shared was used, entry by entry, the latest first. */
export function Uses({ request }: { request: SharingPage }) {
  const { t } = useTranslation('sharing')
  const [noting, setNoting] = useState(false)
  const note = useNoteUse(request.id)
  return (
    <section className="card sharing-part" aria-label={t('uses.title')}>
      <div className="sharing-head">
        <h2>{t('uses.title')}</h2>
        <Button onClick={() => setNoting(true)}>{t('uses.note')}</Button>
      </div>
      <p className="muted">{t('uses.lead')}</p>
      {request.uses.length === 0 ? <p>{t('uses.none')}</p> : null}
      <ol className="sharing-past">
        {request.uses.map((use) => (
          <li key={use.id}>
            <Day day={use.onDay} />{' '}
            <span className="muted">
              {use.recordedBy} · <Moment at={use.recordedAt} />
            </span>
            <dl className="sharing-terms">
              {FIELDS.filter((name) => use[name]).map((name) => (
                <div key={name}>
                  <dt>{t(`uses.${name}`)}</dt>
                  <dd>{use[name]}</dd>
                </div>
              ))}
            </dl>
          </li>
        ))}
      </ol>
      {noting ? (
        <NoteDialog
          title={t('uses.note')}
          fields={FIELDS.map((name) => ({
            name,
            label: t(`uses.${name}`),
            needed: NEEDED.includes(name),
          }))}
          saving={note.isPending}
          error={note.error}
          onClose={() => setNoting(false)}
          onSave={(words, onDay) =>
            note.mutateAsync({
              onDay,
              scene: words['scene'] ?? '',
              process: words['process'] ?? '',
              effect: words['effect'] ?? null,
              storage: words['storage'] ?? null,
              destruction: words['destruction'] ?? null,
            })
          }
        />
      ) : null}
    </section>
  )
}
