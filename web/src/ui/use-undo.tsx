import { App, Button } from 'antd'
import { useTranslation } from 'react-i18next'
import { useProblemText } from './states.tsx'
import './use-undo.css'

/** Long enough to read the line and reach the button. */
const SECONDS = 8

/** Tells what was saved and offers to take it back: undo rather than confirm. */
export function useUndo(): (text: string, undo: () => Promise<unknown>) => void {
  const { message } = App.useApp()
  const { t } = useTranslation()
  const problemText = useProblemText()
  return (text, undo) => {
    const key = `undo-${text}`
    async function takeBack(): Promise<void> {
      try {
        await undo()
        message.success({ key, content: t('undone'), duration: 2 })
      } catch (error) {
        message.warning({ key, content: problemText(error) })
      }
    }
    message.success({
      key,
      duration: SECONDS,
      content: (
        <span className="undo" role="status">
          {text}
          <Button type="link" size="small" onClick={() => void takeBack()}>
            {t('undo')}
          </Button>
        </span>
      ),
    })
  }
}
