import { App, Button } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ChangeRequest } from '../../api/views.ts'
import { isTyping } from '../../ui/is-typing.ts'
import { useProblemText } from '../../ui/states.tsx'
import { AmendDialog } from './amend-dialog.tsx'
import { ApproveDialog } from './approve-dialog.tsx'
import { BecauseDialog } from './because-dialog.tsx'
import { useRebase, useWithdraw } from './use-change-requests.ts'

type Open = 'approve' | 'return' | 'refuse' | 'amend' | null

/** What the reader may do with a request; the keys a, r and n open approving, returning and refusing. */
export function Steps({ request }: { request: ChangeRequest }) {
  const { t } = useTranslation('changeRequests')
  const [open, setOpen] = useState<Open>(null)
  const { steps, items } = request
  const may = (step: (typeof steps)[number]) => steps.includes(step)
  const outOfDate = items.some((item) => item.outOfDate)
  const approvable = may('approve') && !outOfDate
  const keys = {
    a: approvable ? 'approve' : null,
    r: may('return') ? 'return' : null,
    n: may('refuse') ? 'refuse' : null,
  } as const
  useShortcuts(open === null ? keys : {}, setOpen)
  const close = () => setOpen(null)
  return (
    <>
      {may('withdraw') ? <Withdraw request={request} /> : null}
      {may('refuse') ? (
        <Button aria-keyshortcuts="n" onClick={() => setOpen('refuse')}>
          {t('refuse')}
        </Button>
      ) : null}
      {may('return') ? (
        <Button aria-keyshortcuts="r" onClick={() => setOpen('return')}>
          {t('return')}
        </Button>
      ) : null}
      {may('rebase') && outOfDate ? <Rebase request={request} /> : null}
      {may('amend') ? (
        <Button type={outOfDate ? 'default' : 'primary'} onClick={() => setOpen('amend')}>
          {t('amend')}
        </Button>
      ) : null}
      {approvable ? (
        <Button type="primary" aria-keyshortcuts="a" onClick={() => setOpen('approve')}>
          {t('approve')}
        </Button>
      ) : null}
      <ApproveDialog request={request} open={open === 'approve'} onClose={close} />
      <BecauseDialog
        request={request}
        decision="returned"
        open={open === 'return'}
        onClose={close}
      />
      <BecauseDialog
        request={request}
        decision="refused"
        open={open === 'refuse'}
        onClose={close}
      />
      {open === 'amend' ? <AmendDialog request={request} onClose={close} /> : null}
    </>
  )
}

function useShortcuts(keys: Record<string, Open>, choose: (open: Open) => void): void {
  useEffect(() => {
    function onKey(event: KeyboardEvent): void {
      const wanted = keys[event.key]
      if (!wanted || isTyping(event)) return
      event.preventDefault()
      choose(wanted)
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  })
}

function Rebase({ request: { id, version } }: { request: ChangeRequest }) {
  const { t } = useTranslation('changeRequests')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const rebase = useRebase(id)
  const run = () =>
    rebase.mutateAsync(version).then(
      () => message.success(t('rebased')),
      (error: unknown) => message.error(problemText(error)),
    )
  return (
    <Button type="primary" loading={rebase.isPending} onClick={() => void run()}>
      {t('rebase')}
    </Button>
  )
}

function Withdraw({ request: { id, version } }: { request: ChangeRequest }) {
  const { t } = useTranslation(['changeRequests', 'words'])
  const { message, modal } = App.useApp()
  const problemText = useProblemText()
  const withdraw = useWithdraw(id)
  const ask = () =>
    modal.confirm({
      title: t('withdrawAsk'),
      okText: t('withdraw'),
      cancelText: t('words:cancel'),
      onOk: () =>
        withdraw.mutateAsync(version).then(
          () => void message.success(t('withdrawn')),
          (error: unknown) => void message.error(problemText(error)),
        ),
    })
  return <Button onClick={() => void ask()}>{t('withdraw')}</Button>
}
