import { Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DraftCheck } from '../../api/views.ts'
import { useDifferenceWords } from './difference-words.ts'

type Cases = DraftCheck['cases']

/** Sentences about the law: those that no longer hold first, with what the rule says instead. */
export function CaseOutcomes({ cases, isBroken }: { cases: Cases; isBroken: boolean }) {
  const { t } = useTranslation('drafts')
  const [all, setAll] = useState(false)
  const wordsOf = useDifferenceWords()
  const failing = cases.filter(({ differences }) => differences.length > 0)
  const own = failing.filter(({ differedBefore }) => !differedBefore)
  if (isBroken) return <p className="muted">{t('cases.broken')}</p>
  if (cases.length === 0) return <p className="muted">{t('cases.none')}</p>
  const holding = all ? cases.filter(({ differences }) => differences.length === 0) : []
  return (
    <>
      <p className={own.length > 0 ? 'draft-trouble' : 'draft-sound'}>
        {failing.length > 0
          ? t('cases.failing', { count: failing.length, of: cases.length })
          : `✓ ${t('cases.holding', { count: cases.length })}`}
      </p>
      <ul className="draft-cases">
        {[...failing, ...holding].map(({ case: sentence, on, differences, differedBefore }) => (
          <li key={`${sentence} ${on}`}>
            <span>
              {differences.length > 0 ? t('cases.differs') : '✓'} {sentence}{' '}
              <span className="muted small number">{on}</span>
            </span>
            {differedBefore ? <span className="muted small">{t('cases.before')}</span> : null}
            {differences.map((difference) => (
              <span key={difference} className="draft-trouble small">
                {wordsOf(difference)}
              </span>
            ))}
          </li>
        ))}
      </ul>
      {all || failing.length === cases.length ? null : (
        <Button type="link" size="small" onClick={() => setAll(true)}>
          {t('cases.showAll')}
        </Button>
      )}
    </>
  )
}
