import { useQuery } from '@tanstack/react-query'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RuleChange } from '../../api/views.ts'
import { ErrorState, LoadingState } from '../../ui/states.tsx'
import { RuleField } from './rule-field.tsx'
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
  const names = useMemo(
    () => (data?.names ?? []).map(({ name, detail, info }) => ({ name, detail, info })),
    [data],
  )
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
      {(isOpen ? (data?.items ?? []) : []).map((rule) => {
        const changed = rules.find((one) => one.id === rule.id && one.programme === programme)
        return (
          <RuleField
            key={`${rule.id} ${changed?.expr ?? ''}`}
            programme={programme}
            rule={rule}
            names={names}
            changed={changed?.expr}
            others={rules.filter((one) => one !== changed)}
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
