import type { ProblemKinds } from '../../platform/http/problem.ts'

export const warningProblems = {
  'warning-changed': {
    status: 409,
    title: '预警已被他人更新',
    remedy: '请刷新，看过最新情况后再试。',
  },
  'warning-step-out-of-turn': {
    status: 409,
    title: '现在还不能做这一步',
    remedy: '预警须依次派发、接收、走访、核实、处置、反馈、办结；请刷新后按顺序办理。',
  },
  'warning-step-incomplete': {
    status: 422,
    title: '这一步还缺内容',
    remedy: '请补齐标出的项目。',
  },
  'warning-seen-at-home': {
    status: 422,
    title: '红色预警须上门走访',
    remedy: '请上门见到人后再登记；电话联系可先记为已联系。',
  },
  'warning-disposal-unfit': {
    status: 422,
    title: '这样处置与核实结论不符',
    remedy: '请选择与结论相符的处置；须强制报告的不能只作持续关注或不处置。',
  },
  'warning-reason-missing': {
    status: 422,
    title: '没有写明处置理由',
    remedy: '处置须写明理由，至少两个字。',
  },
  'warning-report-first': {
    status: 409,
    title: '须先强制报告',
    remedy: '请先向公安或民政部门报告，登记报告时间和回执编号后再处置。',
  },
  'warning-already-reported': {
    status: 409,
    title: '已经报告过',
    remedy: '请核对已登记的报告部门和回执编号。',
  },
  'warning-severity-of-rule': {
    status: 422,
    title: '规则提出的预警不改等级',
    remedy: '只有群众反映和求助的等级在联系后重新判断。',
  },
  'warning-assignee-unfit': {
    status: 422,
    title: '不能派发给这位同事',
    remedy: '只能派发给看得到这条预警、有有效上岗证的在岗同事。',
  },
  'warning-not-restricted': {
    status: 409,
    title: '这条预警不限查阅',
    remedy: '辖区内的同事都看得到，不必另行指定。',
  },
  'signal-rule-wrong': {
    status: 422,
    title: '规则读不懂',
    remedy: '请按提示改正规则；只能使用事实清单和事件中的名称。',
  },
  'signal-not-by-rule': {
    status: 409,
    title: '这一项不按规则提出',
    remedy: '由人登记、列在线索或数据尚未共享的信号不能启用规则。',
  },
  'signal-changed': {
    status: 409,
    title: '规则已被他人更新',
    remedy: '请刷新，看过最新规则后再登记。',
  },
  'signal-day-past': {
    status: 422,
    title: '启用日期不对',
    remedy: '规则从今天或以后的日子起用。',
  },
} as const satisfies ProblemKinds
