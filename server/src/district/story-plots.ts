import type { HouseholdTruth } from './household-truth.ts'
import type { Value } from './model.ts'
import type { SourceId } from './sources.ts'
import type { MemberTruth } from './truth.ts'

/**
 * The material of a story. The patterns are published cases of advisors' work in Shanghai and
 * elsewhere; every person, place and figure in them here is invented.
 */
export type Plot = Readonly<{
  /** `members` of the kind of household it needs. */
  kind: string
  /** Code of the township or committee it stands in. */
  area: string
  /** Registered in another township of the district (人户分离). */
  movedHere?: boolean
  text: string
  people: readonly Readonly<{ name: string; sex: 1 | 2; age: number }>[]
  shape: (usual: HouseholdTruth) => HouseholdTruth
  /** Programme, member (null the household), months since. */
  receives?: readonly (readonly [string, number | null, number])[]
  adds?: readonly (readonly [string, number | null, Value, SourceId])[]
}>

type Change = Partial<
  Pick<
    MemberTruth,
    | 'labour'
    | 'pension'
    | 'pensionKind'
    | 'other'
    | 'disability'
    | 'ill'
    | 'cannotEarn'
    | 'cannotSelfCare'
    | 'care'
    | 'stage'
    | 'insurance'
    | 'father'
    | 'mother'
    | 'supporters'
  >
>

/** A plain life to start from: no income, no need, insured as a resident. */
const plain: Change & { jobless: undefined; childLoss: null } = {
  labour: 0,
  pension: 0,
  pensionKind: null,
  other: 0,
  disability: undefined,
  ill: false,
  cannotEarn: false,
  cannotSelfCare: false,
  care: null,
  insurance: '2',
  father: null,
  mother: null,
  supporters: null,
  jobless: undefined,
  childLoss: null,
}

function household(
  usual: HouseholdTruth,
  changes: readonly Change[],
  home: Partial<HouseholdTruth>,
): HouseholdTruth {
  const members = usual.members.map((member, i) => ({ ...member, ...plain, ...changes[i] }))
  const small = {
    vehicle: false,
    nonResidential: false,
    homes: 1,
    floorArea: 18,
    commodityHome: false,
  }
  return { ...usual, ...small, medical: [300, 1200], education: [0, 0], ...home, members }
}

/** 章浜社区 in 夏阳街道, the committee of the demonstration's first advisor. */
const advisorsCommittee = '310118001003'

export const storyPlots: readonly Plot[] = [
  {
    kind: 's',
    area: advisorsCommittee,
    text: '23岁的女青年，去年最后一位亲人去世，自己患多种慢性病，情绪低落，独居在老房子里，没有收入。顾问想到：出租一间房还债、陪伴与心理疏导、学历和就业指导、爱心企业修房。低保从未申请。',
    people: [{ name: '顾晓雯', sex: 2, age: 23 }],
    shape: (usual) =>
      household(usual, [{ ill: true, stage: null }], { assets: 6000, medical: [2400, 9800] }),
    adds: [['seeks_work', 0, true, 'visit']],
  },
  {
    kind: 'HWa',
    area: advisorsCommittee,
    text: '49岁的儿子瘫痪在床，父母都已八十多岁。一次普通走访中发现：已经够得上鉴定和办残疾证，父母的身体和心情也撑不住了。残疾证上月刚办下来，相应的补助都还没有申请。',
    people: [
      { name: '陆根福', sex: 1, age: 83 },
      { name: '徐杏珍', sex: 2, age: 81 },
      { name: '陆建明', sex: 1, age: 49 },
    ],
    shape: (usual) =>
      household(
        usual,
        [
          { pension: 2720, pensionKind: '3', care: '2' },
          { pension: 2650, pensionKind: '3', care: null },
          {
            disability: { kind: '4', level: '1' },
            cannotEarn: true,
            cannotSelfCare: true,
            stage: null,
          },
        ],
        { assets: 31_000, medical: [3600, 13_000] },
      ),
    receives: [
      ['laonian-jintie', 0, 216],
      ['laonian-jintie', 1, 190],
      ['changhu', 0, 14],
    ],
  },
  {
    kind: 'S',
    area: advisorsCommittee,
    text: '76岁的老先生一个人住，养老金不够付养老院的费用。他自己在网上求助，顾问帮他把能享受的补贴一项项算清楚，差额才补得上。',
    people: [{ name: '周祥生', sex: 1, age: 76 }],
    shape: (usual) =>
      household(usual, [{ pension: 2650, pensionKind: '3', care: '3', insurance: '2' }], {
        assets: 52_000,
      }),
    receives: [['laonian-jintie', 0, 128]],
    adds: [['no_children', 0, true, 'visit']],
  },
  {
    kind: 'mc',
    area: '310118001',
    text: '12岁的男孩跟着母亲生活，家里享受低保。孩子功课跟不上，也没有玩伴；顾问联系了志愿者，一个月里上门辅导和陪伴四次。',
    people: [
      { name: '沈美华', sex: 2, age: 40 },
      { name: '钱子轩', sex: 1, age: 12 },
    ],
    shape: (usual) =>
      household(usual, [{ labour: 1300, stage: null, ill: true }, { stage: '2' }], {
        need: 'dibao',
        assets: 9000,
        education: [900, 3200],
      }),
    receives: [
      ['dibao', null, 26],
      ['zizhu-canbao', 0, 5],
      ['zizhu-canbao', 1, 5],
    ],
  },
  {
    kind: 'hwc',
    area: advisorsCommittee,
    movedHere: true,
    text: '7岁的男孩，父母都是重度残疾，户口在另一个镇，人户分离。标签比对发现：困境儿童基本生活费从来没有申请过。',
    people: [
      { name: '朱永华', sex: 1, age: 38 },
      { name: '吴丽芳', sex: 2, age: 36 },
      { name: '朱浩宇', sex: 1, age: 7 },
    ],
    shape: (usual) =>
      household(
        usual,
        [
          {
            disability: { kind: '1', level: '1' },
            cannotEarn: true,
            cannotSelfCare: true,
            stage: null,
          },
          {
            disability: { kind: '5', level: '2' },
            cannotEarn: true,
            cannotSelfCare: true,
            stage: null,
          },
          { stage: '1', father: '3', mother: '3' },
        ],
        { assets: 22_000 },
      ),
    receives: [
      ['zhongcan-wuye', 0, 60],
      ['zhongcan-wuye', 1, 60],
      ['canji-huli', 0, 60],
      ['canji-huli', 1, 60],
      ['canji-shenghuo', 0, 60],
      ['canji-shenghuo', 1, 60],
      ['liangyou', 0, 24],
      ['liangyou', 1, 24],
      ['zizhu-canbao', 0, 5],
      ['zizhu-canbao', 1, 5],
    ],
  },
  {
    kind: 'mt',
    area: advisorsCommittee,
    text: '低保家庭，女儿今年大学毕业，正在找工作。名单比对找到这样的家庭，再逐户问明谁需要就业帮助；求职补贴还没有申请。',
    people: [
      { name: '诸惠芳', sex: 2, age: 49 },
      { name: '杨梦婷', sex: 2, age: 22 },
    ],
    shape: (usual) =>
      household(usual, [{ labour: 1500, stage: null }, { stage: '6' }], {
        need: 'dibao',
        assets: 15_000,
        education: [3000, 11_000],
      }),
    receives: [
      ['dibao', null, 50],
      ['zizhu-canbao', 0, 8],
      ['zizhu-canbao', 1, 8],
    ],
    adds: [
      ['graduation_year', 1, true, 'school'],
      ['seeks_work', 1, true, 'visit'],
      ['further_study', 1, false, 'visit'],
      ['student_loan', 1, true, 'school'],
      ['special_vocational', 1, false, 'school'],
    ],
  },
  {
    kind: 'hwc',
    area: '310118105',
    text: '9岁的孩子患白血病，三个月的医疗费超过了全家收入，医疗支出骤增触发预警。核对后几项政策叠加，慈善再补一程。',
    people: [
      { name: '俞志强', sex: 1, age: 39 },
      { name: '张燕', sex: 2, age: 37 },
      { name: '俞梓涵', sex: 2, age: 9 },
    ],
    shape: (usual) =>
      household(
        usual,
        [
          { labour: 8600, insurance: '1', stage: null },
          { labour: 3900, insurance: '1', stage: null },
          { ill: true, stage: '1' },
        ],
        { assets: 64_000, medical: [61_000, 152_000], education: [600, 2400] },
      ),
    adds: [
      ['serious_illness', 2, true, 'insurance'],
      ['major_disease', 2, '3', 'insurance'],
      ['major_disease_self_pay', 2, 86_000, 'insurance'],
      ['inpatient_self_pay', 2, 72_000, 'insurance'],
      ['inpatient_aid_paid', 2, 0, 'insurance'],
      ['outpatient_self_pay', 2, 8200, 'insurance'],
    ],
  },
]
