import type { Place } from './policies.ts'

const condition: Place = { of: 'household', as: 'condition' }
const ofPerson: Place = { of: 'person', as: 'condition' }
const amount: Place = { of: 'household', as: 'amount' }

type Example = readonly [what: string, expr: string, place: Place]

/** What a policy may write, beyond one example of every kind of expression. */
export const accepted: readonly Example[] = [
  ['事实', '有机动车', condition],
  ['标准（parameters）', '例标准 - 400', amount],
  ['计算项（terms）', '人均收入', amount],
  ['基准日', 'on >= date("2024-07-01")', condition],
  ['个人看家庭的事实', '家庭.货币财产 > 100', ofPerson],
  ['个人看自己的事实', '年龄 >= 60', ofPerson],
  ['人数', 'count(members) = 3', condition],
  ['符合条件的人数', 'count(members[年龄 < 16]) = 1', condition],
  ['合计', 'sum(members.收入)', amount],
  ['符合条件的人合计', 'sum(members[年龄 >= 18].收入)', amount],
  ['没有这样的人时，合计是 0', 'sum(members[年龄 > 100].收入)', amount],
  ['成员中最小、最大', 'max(members.年龄) - min(members.年龄) > 60', condition],
  ['几个数中最小、最大', 'min(例标准, 800)', amount],
  ['有一名成员', 'some m in members satisfies m.在校', condition],
  ['每一名成员', 'every m in members[年龄 >= 18] satisfies m.收入 > 0', condition],
  ['除法', 'sum(members.收入) / count(members) < 例标准', condition],
  ['取整，只舍', 'floor(人均收入 / 7)', amount],
  ['取整，只入', 'ceiling(人均收入 / 7)', amount],
  ['绝对值', 'abs(人均收入 - 例标准)', amount],
  ['代码', '残疾等级 in ("一级", "二级")', ofPerson],
  ['日期加减', 'on < 出生日期 + duration("P18Y")', ofPerson],
  ['年、月、日', '出生日期.year < 1960', ofPerson],
  ['“已知没有”', '养老金 != null and 养老金 > 200', ofPerson],
  ['否定', 'not(有机动车)', condition],
  ['如果', 'if 有机动车 then 0 else 例标准', amount],
  ['已经在享', 'status("other")', condition],
  ['按规则应当符合', 'match("other")', condition],
]

/** What a policy may not write. */
export const rejected: readonly Example[] = [
  ['乘方', '货币财产 ** 2 > 1', condition],
  ['除数可能是 0', '例标准 / sum(members.收入) > 1', condition],
  ['小数太长', '货币财产 > 0.1234567', condition],
  ['时刻', 'time("08:30:00") = time("08:30:00")', condition],
  ['不整的时长', 'on > date("2024-07-01") + duration("PT5H")', condition],
  ['日期不由文字写明', 'on > date(2025, 6, 1)', condition],
  ['没有的日期', 'on > date("2025-02-30")', condition],
  ['没有的名称', '有汽车', condition],
  ['没有的取值', '残疾等级 = "三级"', ofPerson],
  ['代码比大小', '残疾等级 > "一级"', ofPerson],
  ['没有的函数', 'string length("甲") = 1', condition],
  ['取整到几位小数', 'floor(货币财产, 2) > 1', condition],
  ['写出参数名', 'floor(n: 货币财产) > 1', condition],
  ['家庭里直接写个人的事实', '年龄 > 60', condition],
  ['个人里直接写家庭的事实', '有机动车', ofPerson],
  ['没有写是谁的', 'some m in members satisfies 年龄 > 60', condition],
  ['按第几名取成员', 'members[1].年龄 > 60', condition],
  ['筛选里再筛选', 'count(members[count(members[在校]) > 1]) > 1', condition],
  ['筛选别的列表', '[1, 2][item > 1] = 2', condition],
  ['不会是 null 的值', '有机动车 = null', condition],
  ['两种类型相比', '货币财产 = "一级"', condition],
  ['两个结果类型不同', 'if 有机动车 then 1 else false', amount],
  ['条件不是“是/否”', '货币财产', condition],
  ['金额不是数字', '有机动车', amount],
  ['金额可能是 null', 'min(members.养老金)', amount],
  ['没有的政策', 'match("others")', condition],
  ['互相等待', 'match("aid")', condition],
  ['没有身份事实的政策', 'status("aid")', condition],
  ['名称里有空格', '货币 财产 > 1', condition],
  ['全角符号', '货币财产 ＞ 1', condition],
  ['别处的运算符', '货币财产 == 1', condition],
  ['千分位逗号', '货币财产 > 30,000', condition],
  ['单引号', "残疾等级 = '一级'", ofPerson],
  ['没有 else', 'if 有机动车 then 1', amount],
]
