import { useQuery } from '@tanstack/react-query'
import { Link, useNavigate } from '@tanstack/react-router'
import { Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../../api/session.tsx'
import type { DraftItem } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { PageTitle } from '../../ui/page-title.tsx'
import { EmptyState, ErrorState, LoadingState } from '../../ui/states.tsx'
import { useFocusKeys } from '../../ui/use-focus-keys.ts'
import { ReleaseNotice } from './release-notice.tsx'
import { DraftStateChip } from './draft-state-chip.tsx'
import { useTrouble } from './use-trouble.ts'
import { draftsQuery, useBeginDraft } from './use-drafts.ts'
import './drafts.css'

export function DraftsPage() {
  const { t } = useTranslation('drafts')
  const session = useSession()
  const [beginning, setBeginning] = useState(false)
  const { data, error, refetch } = useQuery(draftsQuery)
  useFocusKeys('.draft-row a')
  const begin = session.may.includes('drafts.write') ? (
    <Button type="primary" onClick={() => setBeginning(true)}>
      {t('begin.button')}
    </Button>
  ) : null
  return (
    <>
      <PageTitle title={t('title')} summary={t('lead')} action={begin} />
      {error ? <ErrorState error={error} retry={() => void refetch()} /> : null}
      {!data && !error ? <LoadingState rows={6} /> : null}
      {data?.awaiting ? <ReleaseNotice awaiting={data.awaiting} /> : null}
      {data?.items.length === 0 ? (
        <EmptyState title={t('empty.title')} body={t('empty.body')} action={begin} />
      ) : null}
      <ul className="draft-list">
        {data?.items.map((draft) => (
          <DraftRow key={draft.id} draft={draft} />
        ))}
      </ul>
      <BeginForm open={beginning} onClose={() => setBeginning(false)} />
    </>
  )
}

function DraftRow({ draft }: { draft: DraftItem }) {
  const { t } = useTranslation('drafts')
  return (
    <li className="card draft-row">
      <div>
        <Link to="/drafts/$draftId" params={{ draftId: String(draft.id) }}>
          {draft.title}
        </Link>
        <p className="muted small">
          {draft.mine
            ? t('mine')
            : draft.author === null
              ? t('unclaimed')
              : t('by', { author: draft.author })}
          {' · '}
          <Day day={draft.changedAt} />
          {' · '}
          {t('files', { count: draft.files.length })}
          {' · '}
          {draft.from ? t('startsOn', { day: draft.from }) : t('startsAtOnce')}
          {draft.undecided > 0 && draft.state === 'draft'
            ? ` · ${t('toChoose', { count: draft.undecided })}`
            : null}
        </p>
      </div>
      <DraftStateChip state={draft.state} />
    </li>
  )
}

function BeginForm({ open, onClose }: { open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['drafts', 'words'])
  const navigate = useNavigate()
  const begin = useBeginDraft()
  const trouble = useTrouble()
  async function start(form: { title: string; note?: string }): Promise<void> {
    const { id } = await begin.mutateAsync({ title: form.title, note: form.note ?? '' })
    await navigate({ to: '/drafts/$draftId', params: { draftId: String(id) } })
  }
  return (
    <Modal title={t('begin.title')} open={open} footer={null} onCancel={onClose} destroyOnHidden>
      <Form
        layout="vertical"
        requiredMark={false}
        onFinish={(form) => void start(form).catch(() => {})}
      >
        <Form.Item
          name="title"
          label={t('begin.name')}
          rules={[{ required: true, whitespace: true, message: t('begin.needed') }]}
        >
          <Input maxLength={100} autoFocus />
        </Form.Item>
        <Form.Item name="note" label={t('begin.note')}>
          <Input.TextArea maxLength={2000} rows={3} />
        </Form.Item>
        <Button type="primary" htmlType="submit" loading={begin.isPending}>
          {t('begin.submit')}
        </Button>
        {begin.error ? (
          <p role="alert" className="draft-trouble">
            {trouble(begin.error)}
          </p>
        ) : null}
      </Form>
    </Modal>
  )
}
