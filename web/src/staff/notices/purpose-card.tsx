import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { Notice, Purpose } from '../../api/views.ts'
import { Chip } from '../../ui/chip.tsx'
import { PublishDialog } from './publish-dialog.tsx'
import { WriteDialog } from './write-dialog.tsx'

/** One purpose: what is in force, what was, and the draft of what comes next. */
export function PurposeCard({ purpose }: { purpose: Purpose }) {
  const { t } = useTranslation('notices')
  const mayWrite = useSession().may.includes('notices.write')
  const inForce = purpose.notices.find(({ id }) => id === purpose.inForce)
  const draft = purpose.notices.find(({ from }) => from === null)
  const published = purpose.notices.filter(({ from }) => from !== null)
  return (
    <li className="card notice-card">
      <h2>{purpose.name}</h2>
      <p className="notice-line">
        <Chip tone={purpose.restsOn === 'duty' ? 'plain' : 'bridge'}>
          {t(`restsOn.${purpose.restsOn}`)}
        </Chip>
        <Chip tone={inForce ? 'plain' : 'amber'}>
          {inForce ? t('inForce', { version: inForce.version, day: inForce.from }) : t('none')}
        </Chip>
      </p>
      <p className="muted small">
        {purpose.law}
        {purpose.lawConfirmed ? null : t('unconfirmed')}
      </p>
      {published.length > 0 ? <Versions versions={published} /> : null}
      {mayWrite ? <Draft purpose={purpose} draft={draft} latest={published[0]} /> : null}
    </li>
  )
}

function Versions({ versions }: { versions: readonly Notice[] }) {
  const { t } = useTranslation('notices')
  return (
    <ul className="notice-versions" aria-label={t('versions')}>
      {versions.map(({ id, version, from, publishedBy, writtenBy }) => (
        <li key={id} className="notice-line">
          <Link to="/notices/$noticeId" params={{ noticeId: String(id) }}>
            {t('version', { version })}
          </Link>
          <span className="number">{t('was', { day: from })}</span>
          <span className="muted small">
            {t('writtenBy', { by: writtenBy.join('、') })} · {t('publishedBy', { by: publishedBy })}
          </span>
        </li>
      ))}
    </ul>
  )
}

interface DraftProps {
  purpose: Purpose
  draft: Notice | undefined
  latest: Notice | undefined
}

function Draft({ purpose, draft, latest }: DraftProps) {
  const { t } = useTranslation('notices')
  const [open, setOpen] = useState<'write' | 'publish'>()
  const close = () => setOpen(undefined)
  const from = draft ?? latest
  return (
    <div className="notice-draft">
      {draft ? (
        <>
          <p className="notice-line">
            <strong>{t('draft', { version: draft.version })}</strong>
            <span className="muted small">
              {draft.writtenBy.length > 0
                ? t('writtenBy', { by: draft.writtenBy.join('、') })
                : t('shipped')}
            </span>
          </p>
          <p className="small">
            {draft.gaps.length > 0
              ? t('gaps', {
                  count: draft.gaps.length,
                  fields: draft.gaps.map((field) => t(`field.${field}`)).join('、'),
                })
              : t(draft.own ? 'own' : 'whole')}
          </p>
        </>
      ) : null}
      <div className="notice-line">
        <Button
          aria-label={`${t(draft ? 'write' : 'next')} ${purpose.name}`}
          onClick={() => setOpen('write')}
        >
          {t(draft ? 'write' : 'next')}
        </Button>
        {draft && draft.gaps.length === 0 && !draft.own ? (
          <Button
            type="primary"
            aria-label={`${t('publish')} ${purpose.name}`}
            onClick={() => setOpen('publish')}
          >
            {t('publish')}
          </Button>
        ) : null}
        {draft ? (
          <Link to="/notices/$noticeId" params={{ noticeId: String(draft.id) }}>
            {t('see')}
          </Link>
        ) : null}
      </div>
      {open === 'write' && from ? (
        <WriteDialog
          purpose={purpose}
          content={from.content}
          seen={draft?.edit ?? 0}
          onClose={close}
        />
      ) : null}
      {open === 'publish' && draft ? (
        <PublishDialog purpose={purpose} draft={draft} onClose={close} />
      ) : null}
    </div>
  )
}
