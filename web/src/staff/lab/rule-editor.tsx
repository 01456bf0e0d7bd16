import { useQuery } from '@tanstack/react-query'
import { Button, Input } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { LabRule, RuleChange } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { rulesQuery } from './use-lab.ts'

interface RuleEditorProps {
  programme: string
  name: string
  rules: readonly RuleChange[]
  /** What the server would not try, by field. */
  problems: readonly Readonly<{ path?: string; message?: string }>[]
  onTry: (rules: RuleChange[]) => void
}

/** A policy's rules in FEEL; another one is tried beside today's, which stays in sight. */
export function RuleEditor({ programme, name, rules, problems, onTry }: RuleEditorProps) {
  const { t } = useTranslation('lab')
  const { data, error } = useQuery(rulesQuery(programme))
  const [isOpen, open] = useState(rules.some((rule) => rule.programme === programme))
  const others = rules.filter((rule) => rule.programme !== programme)
  const elsewhere = problems.filter(({ path }) => !path?.startsWith('/body/'))
  const messageOf = (id: string) => {
    const place = rules.findIndex((rule) => rule.id === id && rule.programme === programme)
    return problems
      .filter(({ path }) => place >= 0 && path?.startsWith(`/body/rules/${place}/`))
      .map(({ message }) => message)
      .join(' ')
  }
  return (
    <details
      className="card lab-rules"
      open={isOpen}
      onToggle={(event) => open(event.currentTarget.open)}
    >
      <summary>{t('rules.title', { name })}</summary>
      <p className="muted small">{t('rules.note')}</p>
      {others.length > 0 ? (
        <p className="muted small">{t('rules.others', { count: others.length })}</p>
      ) : null}
      {isOpen && error ? <ErrorState error={error} /> : null}
      {isOpen && !data && !error ? <LoadingState rows={3} /> : null}
      {data?.map((rule) => {
        const changed = rules.find((one) => one.id === rule.id && one.programme === programme)
        return (
          <RuleField
            key={`${rule.id} ${changed?.expr ?? ''}`}
            rule={rule}
            changed={changed?.expr}
            problem={messageOf(rule.id)}
            onTry={(expr) => {
              const rest = rules.filter((one) => one !== changed)
              onTry(expr === null ? rest : [...rest, { programme, id: rule.id, expr }])
            }}
          />
        )
      })}
      {elsewhere.length > 0 ? (
        <ul role="alert" className="lab-problem lab-rule-problems">
          {elsewhere.map(({ path, message }) => (
            <li key={`${path} ${message}`}>{t('rules.at', { path, message })}</li>
          ))}
        </ul>
      ) : null}
    </details>
  )
}

interface RuleFieldProps {
  rule: LabRule
  /** FEEL that is being tried in its place. */
  changed: string | undefined
  problem: string
  /** null: as today. */
  onTry: (expr: string | null) => void
}

function RuleField({ rule, changed, problem, onTry }: RuleFieldProps) {
  const { t } = useTranslation('lab')
  const { id, kind, text, expr } = rule
  const [draft, write] = useState(changed ?? expr)
  const isTried = draft.trim() === (changed ?? expr)
  const send = () => onTry(draft.trim() === expr || draft.trim() === '' ? null : draft.trim())
  const field = `lab-rule-${id}`
  return (
    <div className={changed === undefined ? 'lab-rule' : 'lab-rule lab-parameter-changed'}>
      <label htmlFor={field}>
        <span className="lab-rule-kind">{t(`rules.${kind}`)}</span> {text}
      </label>
      <Input.TextArea
        id={field}
        value={draft}
        maxLength={4000}
        autoSize={{ minRows: 1, maxRows: 8 }}
        spellCheck={false}
        status={problem ? 'error' : ''}
        aria-describedby={problem ? `${field}-problem` : undefined}
        onChange={(event) => write(event.target.value)}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) send()
        }}
      />
      {problem ? (
        <p id={`${field}-problem`} role="alert" className="lab-problem small">
          {problem}
        </p>
      ) : null}
      {changed === undefined ? null : (
        <p className="muted small lab-rule-today">{t('rules.today', { expr })}</p>
      )}
      {isTried && changed === undefined ? null : (
        <p className="lab-rule-actions">
          <Button size="small" disabled={isTried} onClick={send}>
            {t('rules.try')}
          </Button>
          <Button size="small" type="link" onClick={() => (changed ? onTry(null) : write(expr))}>
            {t('rules.back')}
          </Button>
        </p>
      )}
    </div>
  )
}
