import { Link } from '@tanstack/react-router'
import { App, Button, Form, Input, Modal } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Duplicate } from '../../api/views.ts'
import { Day } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { useUndoMerge } from './use-merge.ts'

/** Where the one record is now, and until when two can be made of it again. */
export function Merged({ id, merge }: { id: number; merge: NonNullable<Duplicate['merge']> }) {
  const { t } = useTranslation('duplicates')
  const [open, setOpen] = useState(false)
  return (
    <p className="merge-standing">
      <Link to="/households/$householdId" params={{ householdId: String(merge.keptHousehold) }}>
        {t('merge.toKept')}
      </Link>
      <span className="muted">
        {merge.mayUndo ? t('merge.undoUntil') : t('merge.undoOver')} <Day day={merge.undoUntil} />
      </span>
      {merge.mayUndo ? (
        <>
          <Button size="small" onClick={() => setOpen(true)}>
            {t('merge.undo')}
          </Button>
          <UndoDialog id={id} open={open} onClose={() => setOpen(false)} />
        </>
      ) : null}
    </p>
  )
}

function UndoDialog({ id, open, onClose }: { id: number; open: boolean; onClose: () => void }) {
  const { t } = useTranslation(['duplicates', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const [form] = Form.useForm<{ note: string }>()
  const undo = useUndoMerge(id)
  const save = ({ note }: { note: string }) =>
    undo.mutate(note, {
      onSuccess: () => {
        void message.success(t('merge.undone'))
        onClose()
      },
    })
  return (
    <Modal
      title={t('merge.undo')}
      open={open}
      onCancel={onClose}
      onOk={form.submit}
      okText={t('merge.undo')}
      cancelText={t('words:cancel')}
      confirmLoading={undo.isPending}
      destroyOnHidden
    >
      <p>{t('merge.undoFollows')}</p>
      <Form form={form} name="undo-merge" layout="vertical" requiredMark={false} onFinish={save}>
        <Form.Item
          name="note"
          label={t('merge.undoWhy')}
          rules={[{ required: true, whitespace: true, min: 2, message: t('noteNeeded') }]}
        >
          <Input.TextArea rows={2} maxLength={500} autoFocus />
        </Form.Item>
      </Form>
      <p role="alert" className="merge-problem">
        {undo.error ? problemText(undo.error) : null}
      </p>
    </Modal>
  )
}
