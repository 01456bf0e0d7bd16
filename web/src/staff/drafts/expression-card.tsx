import type { FeelVariable } from '@bpmn-io/feel-editor'
import { Input } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { FeelField } from '../../ui/feel/feel-field.tsx'
import { troublesAt } from './place-of-problem.ts'
import type { Writing } from './use-writing.ts'
import { type ExpressionForm, withValue } from './yaml-edit.ts'

interface ExpressionCardProps {
  expression: ExpressionForm
  names: FeelVariable[]
  path: string
  writing: Writing
  readOnly: boolean
}

/** A condition, an amount or a term: its words and its expression. */
export function ExpressionCard({
  expression,
  names,
  path,
  writing,
  readOnly,
}: ExpressionCardProps) {
  const { t } = useTranslation('drafts')
  const { text, check } = writing
  const { textPath, title, group, kind, expr } = expression
  const found = check.found
  const troubles = useMemo(
    () =>
      found && !check.isChecking
        ? troublesAt([...found.problems, ...found.owed], path, text, expression.path)
        : [],
    [found, check.isChecking, path, text, expression.path],
  )
  const label = t(`form.expression.${kind}`, { title })
  return (
    <div className="draft-expression">
      <h3>
        {t(`form.kind.${kind}`)}
        {group ? <span className="muted small"> {group}</span> : null}
      </h3>
      {textPath ? (
        <Input
          value={title}
          readOnly={readOnly}
          aria-label={t('form.words', { title })}
          onChange={(event) => writing.write(path, withValue(text, textPath, event.target.value))}
        />
      ) : (
        <p>{title}</p>
      )}
      <FeelField
        label={label}
        value={expr}
        names={names}
        troubles={troubles}
        readOnly={readOnly}
        onChange={(next) => writing.write(path, withValue(text, expression.path, next))}
      />
    </div>
  )
}
