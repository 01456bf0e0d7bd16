import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft, DraftCheck } from '../../api/views.ts'
import { ErrorState } from '../../ui/states.tsx'
import { CaseOutcomes } from './case-outcomes.tsx'
import type { Writing } from './use-writing.ts'

interface CheckPanelProps {
  draft: Draft
  writing: Writing
  onOpen: (path: string) => void
}

/** What the check says, and the cases beside the rule: which hold, and where the others differ. */
export function CheckPanel({ draft, writing, onOpen }: CheckPanelProps) {
  const { t } = useTranslation('drafts')
  const { found, error, isChecking } = writing.check
  const [edited, setEdited] = useState<string>()
  const problems = found ? [...found.problems, ...found.owed] : []
  return (
    <aside className="draft-right" aria-label={t('check.title')}>
      <section className="card draft-card">
        <h2>{t('check.title')}</h2>
        <p role="status" className="muted small">
          {isChecking ? t('check.checking') : t('check.at')}
        </p>
        {error ? <ErrorState error={error} /> : null}
        {found && problems.length === 0 ? (
          <p className="draft-sound">✓ {t('check.sound')}</p>
        ) : null}
        {problems.length > 0 ? <p className="draft-trouble">{t('check.keeps')}</p> : null}
        <ProblemList problems={problems} onOpen={onOpen} />
      </section>
      <section className="card draft-card" aria-label={t('cases.title')}>
        <h2>{t('cases.title')}</h2>
        {found ? <CaseOutcomes cases={found.cases} isBroken={found.problems.length > 0} /> : null}
        {writing.cases.map(({ path, text }) => (
          <div key={path}>
            <Button
              type="link"
              size="small"
              aria-expanded={edited === path}
              onClick={() => setEdited(edited === path ? undefined : path)}
            >
              {t('cases.edit', { file: path.split('/').at(-1) ?? path })}
            </Button>
            {edited === path ? (
              <Input.TextArea
                className="draft-plain"
                aria-label={path}
                value={text}
                readOnly={!draft.mayWrite}
                spellCheck={false}
                autoSize={{ minRows: 8, maxRows: 24 }}
                onChange={(event) => writing.write(path, event.target.value)}
              />
            ) : null}
          </div>
        ))}
      </section>
    </aside>
  )
}

interface ProblemListProps {
  problems: DraftCheck['problems']
  onOpen: (path: string) => void
}

function ProblemList({ problems, onOpen }: ProblemListProps) {
  const { t } = useTranslation('drafts')
  return (
    <ul className="draft-problems">
      {problems.map(({ file, line, column, message }) => (
        <li key={`${file} ${String(line)} ${String(column)} ${message}`}>
          <button type="button" className="plain-button" onClick={() => onOpen(file)}>
            {t('check.place', { file, line, column })}
          </button>
          <span>{message}</span>
        </li>
      ))}
    </ul>
  )
}
