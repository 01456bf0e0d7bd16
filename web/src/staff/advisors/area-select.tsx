import { useQuery } from '@tanstack/react-query'
import { Select } from 'antd'
import { areaPath, areasQuery } from '../../api/areas.ts'
import { useSession } from '../../api/session.tsx'
import { shortAreaName } from '../../ui/area-name.ts'

interface AreaSelectProps<Value> {
  id?: string
  value?: Value
  onChange?: (value: Value) => void
  mode?: 'multiple'
}

/** One or several of the areas that one looks after. */
export function AreaSelect<Value extends string | string[]>(props: AreaSelectProps<Value>) {
  const own = useSession().staff.area.id
  const { data: areas = [] } = useQuery(areasQuery)
  const options = areas
    .filter(({ id }) => id.startsWith(own))
    .map(({ id }) => ({
      value: id,
      label: areaPath(areas, id)
        .slice(id.length > 6 ? 1 : 0)
        .map(({ name }) => shortAreaName(name))
        .join(' · '),
    }))
  return <Select {...props} showSearch={{ optionFilterProp: 'label' }} options={options} />
}
