import { useBlocker, useNavigate, useSearch } from '@tanstack/react-router'
import { Modal } from 'antd'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { CheckPanel } from './check-panel.tsx'
import { FileForm } from './file-form.tsx'
import { FileList } from './file-list.tsx'
import { SaveBar } from './save-bar.tsx'
import { useWriting, type Writing } from './use-writing.ts'

/** Left the files, in the middle what one of them says, right what the check and the cases say to it. */
export function WriteView({ draft, onReview }: { draft: Draft; onReview: () => void }) {
  const search = useSearch({ from: '/frame/drafts/$draftId' })
  const navigate = useNavigate({ from: '/drafts/$draftId' })
  const first = draft.files.find(({ changed }) => changed)?.path ?? 'programmes/dibao.yaml'
  const path = search.file ?? first
  const writing = useWriting(draft, path)
  const open = (file: string) => void navigate({ search: { ...search, file }, replace: true })
  useSaveKey(writing, draft.mayWrite)
  return (
    <>
      {draft.mayWrite ? <SaveBar draft={draft} writing={writing} onReview={onReview} /> : null}
      <div className="draft-desk">
        <FileList draft={draft} path={path} writing={writing} onOpen={open} />
        <div className="draft-middle">
          {writing.file.error ? (
            <ErrorState error={writing.file.error} retry={() => void writing.file.refetch()} />
          ) : null}
          {writing.loaded ? (
            <FileForm key={path} draft={draft} path={path} writing={writing} />
          ) : writing.file.error ? null : (
            <LoadingState rows={8} />
          )}
        </div>
        <CheckPanel draft={draft} writing={writing} onOpen={open} />
      </div>
      <UnsavedGuard isDirty={writing.isDirty} />
    </>
  )
}

function useSaveKey({ isDirty, store }: Writing, mayWrite: boolean): void {
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key !== 's') return
      event.preventDefault()
      if (isDirty && mayWrite) void store().catch(() => {})
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}

/** Leaving with something unsaved asks first; another file of the same draft is no leaving. */
function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const { t } = useTranslation('drafts')
  const blocker = useBlocker({
    shouldBlockFn: ({ current, next }) =>
      isDirty && (next.pathname !== current.pathname || !isWriting(next.search)),
    enableBeforeUnload: () => isDirty,
    withResolver: true,
  })
  return (
    <Modal
      open={blocker.status === 'blocked'}
      title={t('unsaved.title')}
      okText={t('unsaved.leave')}
      cancelText={t('unsaved.stay')}
      onOk={() => blocker.proceed?.()}
      onCancel={() => blocker.reset?.()}
    >
      {t('unsaved.body')}
    </Modal>
  )
}

function isWriting(search: object): boolean {
  return !('view' in search) || search.view === 'write'
}
