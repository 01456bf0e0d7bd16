import { useTranslation } from 'react-i18next'
import type { Service } from '../../api/views.ts'
import { yuanText } from '../../ui/yuan.ts'

const WORDS = ['said', 'seen', 'needs', 'done', 'resource', 'next'] as const

/** What a version of a record says; what was left empty is left out. */
export function ServiceWords({ of }: { of: Pick<Service, 'words' | 'materials' | 'nextDay'> }) {
  const { t } = useTranslation('services')
  const { words, materials, nextDay } = of
  const next = [words.next, nextDay].filter(Boolean).join(' · ')
  const said = WORDS.map((key) => [key, key === 'next' ? next : words[key]] as const)
  const told = said.filter(([, text]) => text !== '')
  if (told.length === 0 && materials.length === 0) return null
  return (
    <dl className="service-words">
      {told.map(([key, text]) => (
        <div key={key}>
          <dt>{t(`record.${key}`)}</dt>
          <dd>{text}</dd>
        </div>
      ))}
      {materials.length > 0 ? (
        <div>
          <dt>{t('record.materials')}</dt>
          <dd>
            {materials
              .map(({ name, quantity, fen }) =>
                t('record.material', { name, quantity, yuan: yuanText(fen) }),
              )
              .join('；')}
          </dd>
        </div>
      ) : null}
    </dl>
  )
}
