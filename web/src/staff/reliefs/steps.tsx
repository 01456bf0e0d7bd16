import { App, Button, Popconfirm } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Relief, ReliefStep } from '../../api/views.ts'
import { useProblemText } from '../../ui/states.tsx'
import { GrantDialog } from './grant-dialog.tsx'
import { useClose, WORDED } from './use-reliefs.ts'
import { WordsDialog } from './words-dialog.tsx'

/** The one that leads on is the primary one. */
const ONWARDS: readonly ReliefStep[] = ['visit', 'grant', 'explain', 'close']

/** What the reader may do next with a quick relief. */
export function Steps({ relief }: { relief: Relief }) {
  const { t } = useTranslation('reliefs')
  const [open, setOpen] = useState<ReliefStep>()
  const close = () => setOpen(undefined)
  const worded = WORDED.find((one) => one === open)
  const steps = relief.may.toSorted(
    (a, b) => Number(ONWARDS.includes(a)) - Number(ONWARDS.includes(b)),
  )
  return (
    <>
      {steps.map((step) =>
        step === 'close' ? (
          <CloseButton key={step} relief={relief} />
        ) : (
          <Button
            key={step}
            type={ONWARDS.includes(step) ? 'primary' : 'default'}
            onClick={() => setOpen(step)}
          >
            {t(`step.${step}`)}
          </Button>
        ),
      )}
      {worded ? <WordsDialog relief={relief} step={worded} onClose={close} /> : null}
      {open === 'grant' ? <GrantDialog relief={relief} onClose={close} /> : null}
    </>
  )
}

function CloseButton({ relief }: { relief: Relief }) {
  const { t } = useTranslation(['reliefs', 'words'])
  const { message } = App.useApp()
  const problemText = useProblemText()
  const closing = useClose(relief)
  return (
    <Popconfirm
      title={t('closeTitle')}
      description={t('closeHint')}
      okText={t('step.close')}
      cancelText={t('words:cancel')}
      onConfirm={() =>
        closing.mutate(undefined, {
          onSuccess: () => void message.success(t('saved.close')),
          onError: (error) => void message.error(problemText(error)),
        })
      }
    >
      <Button type="primary" loading={closing.isPending}>
        {t('step.close')}
      </Button>
    </Popconfirm>
  )
}
