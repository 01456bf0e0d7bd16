import { EnvironmentOutlined, RightOutlined } from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { useNavigate, useRouterState, useSearch } from '@tanstack/react-router'
import { Cascader } from 'antd'
import { useMemo } from 'react'
import { useTranslation } from 'react-i18next'
import { type AreaOption, areaOptions, areaPath, areasQuery } from '../api/areas.ts'
import { useSession } from '../api/session.tsx'

/** Pages whose content follows the chosen area. */
const FOLLOWING = [
  '/today',
  '/leads',
  '/households',
  '/duplicates',
  '/change-requests',
  '/reliefs',
  '/cases',
  '/advisors',
  '/stations',
] as const

/** Where one stands; on the lists one can step to another township or committee of one's scope. */
export function AreaSwitch() {
  const { t } = useTranslation('app')
  const own = useSession().staff.area
  const { data: areas = [] } = useQuery(areasQuery)
  const navigate = useNavigate()
  const pathname = useRouterState({ select: (state) => state.location.pathname })
  const search = useSearch({ strict: false })
  const following = FOLLOWING.find((path) => path === pathname)
  const chosen = following ? (search.area ?? own.id) : own.id
  const options = useMemo<AreaOption[]>(() => {
    const inside = areaOptions(areas, own.id)
    return inside.length > 0
      ? [{ value: own.id, label: t('areaAll', { name: own.name }) }, ...inside]
      : []
  }, [areas, own, t])
  const path = areaPath(areas, chosen).map((area) => area.name)
  const names = path.length > 0 ? path : [own.name]
  const crumbs = (
    <span className="area-crumbs">
      <EnvironmentOutlined />
      {names.map((name, index) => (
        <span key={name} className={index < names.length - 1 ? 'area-crumb-above' : undefined}>
          {index > 0 ? <RightOutlined /> : null}
          {name}
        </span>
      ))}
    </span>
  )
  if (!following || options.length === 0) {
    return <div className="area-switch">{crumbs}</div>
  }
  return (
    <Cascader
      options={options}
      changeOnSelect
      allowClear={false}
      showSearch
      onChange={(value) => {
        const id = value.at(-1)
        const area = id === own.id ? undefined : id
        void navigate({ to: following, search: area ? { area } : {} })
      }}
    >
      <button
        type="button"
        className="plain-button area-switch"
        aria-label={`${t('area')}:${names.join(' ')}`}
      >
        {crumbs}
      </button>
    </Cascader>
  )
}
