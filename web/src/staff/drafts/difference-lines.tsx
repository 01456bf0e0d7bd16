import { useTranslation } from 'react-i18next'
import type { DraftDifference } from '../../api/views.ts'

const SIGNS = { same: ' ', old: '−', new: '+' } as const

/** What changed, line by line: a sign and a colour, and words for those who hear it. */
export function DifferenceLines({ lines }: Pick<DraftDifference, 'lines'>) {
  const { t } = useTranslation('drafts')
  return (
    <div className="difference" tabIndex={0} role="group" aria-label={t('difference.title')}>
      {lines.map((line, i) =>
        line === null ? (
          <div key={`gap ${String(i)}`} className="difference-gap" aria-hidden="true">
            …
          </div>
        ) : (
          <div
            key={`${String(i)} ${line.kind}`}
            className={`difference-line difference-${line.kind}`}
          >
            <span aria-hidden="true">{SIGNS[line.kind]}</span>
            {line.kind === 'same' ? null : (
              <span className="visually-hidden">{t(`difference.${line.kind}`)}</span>
            )}
            <code>{line.text}</code>
          </div>
        ),
      )}
    </div>
  )
}
