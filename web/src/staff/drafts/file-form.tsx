import { useQuery } from '@tanstack/react-query'
import { Input, Segmented } from 'antd'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Draft } from '../../api/views.ts'
import { ExpressionCard } from './expression-card.tsx'
import { FigureTable } from './figure-table.tsx'
import { feelNamesQuery } from './use-drafts.ts'
import type { Writing } from './use-writing.ts'
import { readProgramme } from './yaml-edit.ts'

interface FileFormProps {
  draft: Draft
  path: string
  writing: Writing
}

/** One file as a form, or as it is written. */
export function FileForm({ draft, path, writing }: FileFormProps) {
  const { t } = useTranslation('drafts')
  const [plain, setPlain] = useState(false)
  const form = useMemo(() => readProgramme(writing.text), [writing.text])
  const { data } = useQuery(feelNamesQuery(draft.id))
  const programme = /^programmes\/(.+)\.yaml$/.exec(path)?.[1]
  const names = useMemo(
    () =>
      (data?.names ?? [])
        .filter((one) => one.programme === undefined || one.programme === programme)
        .map(({ name, detail, info }) => ({ name, detail, info })),
    [data, programme],
  )
  const mayForm = form !== null && programme !== undefined
  const change = (text: string) => writing.write(path, text)
  return (
    <section className="card draft-card" aria-label={t('form.title')}>
      <div className="draft-form-head">
        <h2>{draft.files.find((file) => file.path === path)?.name ?? path}</h2>
        {mayForm ? (
          <Segmented
            value={plain ? 'plain' : 'form'}
            onChange={(one) => setPlain(one === 'plain')}
            options={(['form', 'plain'] as const).map((one) => ({
              value: one,
              label: t(`form.as.${one}`),
            }))}
          />
        ) : null}
      </div>
      {form === null ? (
        <p role="alert" className="draft-trouble">
          {t('form.unreadable')}
        </p>
      ) : null}
      {plain || !mayForm ? (
        <Input.TextArea
          className="draft-plain"
          aria-label={t('form.plain', { path })}
          value={writing.text}
          readOnly={!draft.mayWrite}
          spellCheck={false}
          autoSize={{ minRows: 12, maxRows: 40 }}
          onChange={(event) => change(event.target.value)}
        />
      ) : (
        <>
          {form.parameters.map((parameter) => (
            <FigureTable
              key={parameter.id}
              parameter={parameter}
              text={writing.text}
              readOnly={!draft.mayWrite}
              onChange={change}
            />
          ))}
          {form.expressions.map((expression) => (
            <ExpressionCard
              key={expression.path.join('.')}
              expression={expression}
              names={names}
              path={path}
              writing={writing}
              readOnly={!draft.mayWrite}
            />
          ))}
        </>
      )}
    </section>
  )
}
