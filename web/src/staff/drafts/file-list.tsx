import { Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../api/views.ts'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import type { Writing } from './use-writing.ts'

interface FileListProps {
  draft: Draft
  path: string
  writing: Writing
  onOpen: (path: string) => void
}

/** The programmes of the pack, those the draft changes first. */
export function FileList({ draft, path, writing, onOpen }: FileListProps) {
  const { t } = useTranslation('drafts')
  const [q, setQ] = useState('')
  useFocusKeys('.draft-file')
  const shown = draft.files
    .filter(({ name, path: one }) => q === '' || name.includes(q) || one.includes(q))
    .toSorted((a, b) => Number(b.changed) - Number(a.changed))
  return (
    <nav className="card draft-files" aria-label={t('list.title')}>
      <Input
        allowClear
        value={q}
        placeholder={t('list.search')}
        aria-label={t('list.search')}
        onChange={(event) => setQ(event.target.value)}
      />
      <ul>
        {shown.map((file) => (
          <li key={file.path}>
            <button
              type="button"
              className={`plain-button draft-file${file.path === path ? ' draft-file-here' : ''}`}
              aria-current={file.path === path ? 'true' : undefined}
              onClick={() => onOpen(file.path)}
            >
              {file.name}
              {file.changed || writing.isChanged(file.path) ? (
                <span className="draft-file-changed">{t('list.changed')}</span>
              ) : null}
            </button>
          </li>
        ))}
      </ul>
      {shown.length === 0 ? <p className="muted small">{t('list.none')}</p> : null}
    </nav>
  )
}
