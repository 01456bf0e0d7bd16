/**
 * An administrative place by its national code; the code of an area starts with its parent's. 区划
 */
export type Area = Readonly<{
  /** 6 digits a district, 9 a township, 12 a committee. */
  id: string
  level: AreaLevel
  name: string
  /** `null` for the district itself. */
  parentId: string | null
}>

type AreaLevel = 'district' | 'township' | 'committee'

/** The district Qiao was made for: 青浦区, Shanghai. */
export const districtId = '310118'

/** The level an area code of this length has, or `undefined` where it is no area code. */
function levelOf(id: string): AreaLevel | undefined {
  if (!/^\d+$/.test(id)) return undefined
  return ({ 6: 'district', 9: 'township', 12: 'committee' } as const)[id.length as 6 | 9 | 12]
}

/** The rows of a table of areas with the columns id, level, name, parent_id, kind. */
export function readAreas(text: string): (Area & { kind: string | null })[] {
  const [, ...lines] = text.trim().split('\n')
  return lines.map((line) => {
    const [id = '', , name = '', parent, kind] = line.split(',')
    const level = levelOf(id)
    if (!level) throw new Error(`no area code: ${id}`)
    return { id, level, name, parentId: parent || null, kind: kind || null }
  })
}
