import { Modal } from 'antd'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { isTyping } from '../ui/is-typing.ts'
import './shortcuts.css'

const SHOW = 'qiao:shortcuts'

const KEYS = [
  { keys: ['/'], word: 'search' },
  { keys: ['j', 'k'], word: 'move' },
  { keys: ['Enter'], word: 'open' },
  { keys: ['x'], word: 'select' },
  { keys: ['e'], word: 'assign' },
  { keys: ['Esc'], word: 'close' },
  { keys: ['?'], word: 'help' },
] as const

export function showShortcuts(): void {
  window.dispatchEvent(new Event(SHOW))
}

export function Shortcuts() {
  const { t } = useTranslation('app')
  const [open, setOpen] = useState(false)
  useEffect(() => {
    const show = () => setOpen(true)
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) show()
    }
    window.addEventListener(SHOW, show)
    window.addEventListener('keydown', onKey)
    return () => {
      window.removeEventListener(SHOW, show)
      window.removeEventListener('keydown', onKey)
    }
  }, [])
  return (
    <Modal
      title={t('shortcuts')}
      open={open}
      footer={null}
      width={380}
      onCancel={() => setOpen(false)}
    >
      <dl className="shortcuts">
        {KEYS.map(({ keys, word }) => (
          <div key={word}>
            <dt>
              {keys.map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{t(`keys.${word}`)}</dd>
          </div>
        ))}
      </dl>
    </Modal>
  )
}
