import { App, Button } from 'antd'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { SharingContent, SharingPage } from '../../api/views.ts'
import { Moment } from '../../ui/day.tsx'
import { useProblemText } from '../../ui/states.tsx'
import { ContentForm } from './content-form.tsx'
import { useChange } from './use-sharing.ts'

/** What the request states, to be changed while it is a draft or something is missing. */
export function Content({ request }: { request: SharingPage }) {
  const { t } = useTranslation('sharing')
  const { message } = App.useApp()
  const problemText = useProblemText()
  const change = useChange(request.id)
  const [changing, setChanging] = useState(false)
  const save = async (content: SharingContent) => {
    await change.mutateAsync({ ...content, seen: request.contentId }).then(
      () => {
        void message.success(t('saved'))
        setChanging(false)
      },
      () => {},
    )
  }
  if (changing)
    return (
      <ContentForm
        given={request.content}
        saving={change.isPending}
        problem={change.error ? problemText(change.error) : null}
        submit={t('save')}
        onSave={(content) => void save(content)}
        onCancel={() => setChanging(false)}
      />
    )
  const past = request.contents.slice(1)
  return (
    <section className="card sharing-part" aria-label={t('content')}>
      <div className="sharing-head">
        <h2>{t('content')}</h2>
        {request.mayChange ? (
          <Button onClick={() => setChanging(true)}>{t('change')}</Button>
        ) : null}
      </div>
      <Terms content={request.content} />
      <p className="muted">{t('limits')}</p>
      {past.length > 0 ? (
        <details>
          <summary>{t('past', { count: past.length })}</summary>
          <ol className="sharing-past">
            {past.map((one) => (
              <li key={one.recordedAt}>
                <span className="muted">
                  {one.recordedBy} · <Moment at={one.recordedAt} />
                </span>
                <Terms content={one} />
              </li>
            ))}
          </ol>
        </details>
      ) : null}
    </section>
  )
}

function Terms({ content }: { content: SharingContent }) {
  const { t } = useTranslation('sharing')
  const said = {
    data: content.data,
    sharing: t(`class.${content.sharing}`),
    legalBasis: content.legalBasis,
    scenario: content.scenario,
    scope: content.scope,
    method: t(`method.${content.method}`),
    period: `${content.useFrom} ${t('until')} ${content.useTo}`,
    flowsBack: t(content.flowsBack ? 'yes' : 'no'),
  }
  return (
    <dl className="sharing-terms">
      {(Object.keys(said) as (keyof typeof said)[]).map((name) => (
        <div key={name}>
          <dt>{t(`field.${name}`)}</dt>
          <dd>{said[name]}</dd>
        </div>
      ))}
    </dl>
  )
}
