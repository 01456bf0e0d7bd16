import { SearchOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { AutoComplete, Input } from 'antd'
import { type ComponentRef, useDeferredValue, useEffect, useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useSession } from '../api/session.tsx'
import { isTyping } from '../ui/is-typing.ts'
import { foundOptions, searchQuery, searchScope } from './search.tsx'

/** One box over households and policies, or over what of them one may see; `/` brings the cursor here. */
export function SearchBox() {
  const { t } = useTranslation('app')
  const navigate = useNavigate()
  const session = useSession()
  const scope = searchScope(session)
  const box = useRef<ComponentRef<typeof AutoComplete>>(null)
  const [typed, setTyped] = useState('')
  const wanted = useDeferredValue(typed.trim())
  const { data: found } = useQuery(searchQuery(wanted, session))
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event)) return
      event.preventDefault()
      box.current?.focus()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
  if (scope === null) return null
  function open(key: string): void {
    const [kind, id] = key.split(':')
    setTyped('')
    box.current?.blur()
    if (kind === 'household' && id) {
      void navigate({ to: '/households/$householdId', params: { householdId: id } })
    } else if (id) {
      void navigate({ to: '/policies/$policyId', params: { policyId: id } })
    }
  }
  return (
    <AutoComplete
      ref={box}
      className="search-box"
      value={typed}
      onChange={(value: string) => setTyped(value.includes(':') ? '' : value)}
      onSelect={open}
      options={found ? foundOptions(found, t) : []}
      notFoundContent={
        wanted ? t(`search.nothing.${scope}`, { q: wanted }) : t(`search.hint.${scope}`)
      }
      defaultActiveFirstOption
      popupMatchSelectWidth={360}
      classNames={{ popup: { root: 'search-popup' } }}
    >
      <Input
        prefix={<SearchOutlined />}
        suffix={<kbd className="search-key">/</kbd>}
        aria-label={t(`search.label.${scope}`)}
        placeholder={t(`search.placeholder.${scope}`)}
      />
    </AutoComplete>
  )
}
