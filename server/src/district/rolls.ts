import { figures } from './figures.ts'
import { dayOf } from './days.ts'
import type { GeneratedRoll } from './model.ts'

const everywhere = [
  'dibao',
  'edge-household',
  'zhichu-shenghuo',
  'tekun',
  'zhongcan-wuye',
  'canji-shenghuo',
  'canji-huli',
  'guer',
  'kunjing-ertong',
  'laonian-jintie',
]
/** Complete for these townships so far: lists arrive one after the other. */
const inPart: Readonly<Record<string, readonly string[]>> = {
  'yanglao-butie': ['001', '002', '003', '102', '105', '106', '107', '110'],
  liangyou: ['001', '002', '003', '102', '103', '104', '105', '106', '107'],
  'jisheng-tefu': ['001', '002', '003', '102', '103', '104', '109', '110'],
  'jubao-jichu': ['102', '103', '104', '109', '110'],
  'zizhu-canbao': ['001', '102', '103'],
  'shiye-jin': ['001', '002', '106'],
  'qiuzhi-butie': ['001', '002', '106'],
}
/** Loaded, but known to lack people: receipt stays unknown for whoever is not on it. */
const incomplete = ['changhu', 'shilaohua', 'chunjie']

/** The lists of recipients on record on `today`, per programme and township. 名册 */
export function districtRolls(today: string): GeneratedRoll[] {
  const day = dayOf(today)
  return figures.registration.flatMap(({ township }) => {
    const roll = (programme: string, complete: boolean): GeneratedRoll => ({
      programme,
      areaId: township,
      day,
      complete,
      source: complete ? '民政等部门名册（演示）' : '街镇上报名册，未报全（演示）',
    })
    return [
      ...everywhere.map((programme) => roll(programme, true)),
      ...Object.entries(inPart).map(([programme, whole]) =>
        roll(programme, whole.includes(township.slice(6))),
      ),
      ...incomplete.map((programme) => roll(programme, false)),
    ]
  })
}
