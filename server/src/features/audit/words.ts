/** What entries of the log are called on screens, in Chinese and English. */
export const actionNames: Readonly<Record<string, { name: string; en: string }>> = {
  'household.read': { name: '查看家庭', en: 'Looked at a household' },
  'household.listed': { name: '翻阅家庭名单', en: 'Listed households' },
  'household.searched': { name: '搜索家庭', en: 'Searched for households' },
  'household.explanation-read': { name: '查看政策解释', en: 'Read what policies say' },
  'household.combination-read': { name: '查看可同时享受', en: 'Read what goes together' },
  'household.income-curve-read': { name: '查看收入影响', en: 'Read the income curve' },
  'household.fact-history-read': { name: '查看信息历史', en: 'Read the history of a fact' },
  'household.consents-read': { name: '查看授权与异议', en: 'Read consents' },
  'household.questions-read': { name: '查看待问事项', en: 'Read what to ask' },
  'household.log-read': { name: '查看查阅记录', en: 'Read who looked' },
  'household.fact-recorded': { name: '登记信息', en: 'Recorded a fact' },
  'household.award-recorded': { name: '登记待遇', en: 'Recorded an award' },
  'household.authorisation-recorded': { name: '登记授权', en: 'Recorded an authorisation' },
  'household.authorisation-withdrawn': { name: '撤回授权', en: 'Withdrew an authorisation' },
  'household.objection-recorded': { name: '登记异议', en: 'Recorded an objection' },
  'household.objection-withdrawn': { name: '撤回异议', en: 'Withdrew an objection' },
  'lead.list': { name: '翻阅线索', en: 'Listed leads' },
  'lead.read': { name: '查看线索', en: 'Looked at a lead' },
  'lead.assign': { name: '指派线索', en: 'Assigned leads' },
  'lead.snooze': { name: '暂缓线索', en: 'Put leads off' },
  'lead.disposition': { name: '处置线索', en: 'Recorded what came of a lead' },
  'lead.undo': { name: '撤销处置', en: 'Took a disposition back' },
  'lead.note': { name: '添加备注', en: 'Added a note' },
  'borderline.list': { name: '翻阅边缘名单', en: 'Listed who is just above' },
  'borderline.exported': { name: '导出边缘名单', en: 'Exported who is just above' },
  'question.households': { name: '翻阅待问家庭', en: 'Listed whom to ask' },
  'question.exported': { name: '导出待问统计', en: 'Exported what to ask' },
  'question.search-started': { name: '重算待问事项', en: 'Started a search of questions' },
  'feedback.listed': { name: '翻阅政策反馈', en: 'Listed feedback' },
  'feedback.exported': { name: '导出政策反馈', en: 'Exported feedback' },
  'feedback.given': { name: '提出政策反馈', en: 'Gave feedback' },
  'feedback.answered': { name: '答复政策反馈', en: 'Answered feedback' },
  'lab.samples-read': { name: '查看试算样户', en: 'Looked at sample households' },
  'lab.experiment-kept': { name: '保存试算方案', en: 'Kept an experiment' },
  'lab.experiment-removed': { name: '删除试算方案', en: 'Removed an experiment' },
  'policy.figure-entered': { name: '录入标准', en: 'Entered a figure' },
  'run.started': { name: '发起匹配', en: 'Started a matching run' },
  'command.run': { name: '运行命令', en: 'Ran a command' },
  'delivery.loaded': { name: '导入数据', en: 'Loaded a delivery' },
  'session.opened': { name: '登录', en: 'Signed in' },
  'session.refused': { name: '登录被拒绝', en: 'Was refused at the door' },
  'session.closed': { name: '退出登录', en: 'Signed out' },
  'account.locked': { name: '账号被锁定', en: 'Account was locked' },
  'account.unlocked': { name: '解除账号锁定', en: 'Unlocked an account' },
  'account.invited': { name: '邀请人员', en: 'Invited somebody' },
  'account.invitation-accepted': { name: '接受邀请', en: 'Accepted an invitation' },
  'account.password-changed': { name: '修改口令', en: 'Changed a password' },
  'account.reset': { name: '重置口令', en: 'Reset an account' },
  'account.enabled': { name: '恢复账号', en: 'Enabled an account' },
  'account.disabled': { name: '停用账号', en: 'Disabled an account' },
  'account.sessions-ended': { name: '结束登录会话', en: 'Ended sessions' },
  'account.second-factor-on': { name: '绑定动态码', en: 'Turned the second factor on' },
  'account.second-factor-off': { name: '解除动态码', en: 'Turned the second factor off' },
  'account.recovery-code-used': { name: '使用恢复码', en: 'Used a recovery code' },
  'account.recovery-codes-renewed': { name: '更换恢复码', en: 'Renewed recovery codes' },
  'account.sign-on-bound': { name: '绑定统一身份认证', en: 'Bound the district’s sign-on' },
  'audit.read': { name: '查看审计日志', en: 'Read the audit log' },
  'audit.exported': { name: '导出审计日志', en: 'Exported the audit log' },
  'audit.verified': { name: '核验审计日志', en: 'Verified the audit log' },
}

/** Classes of fields as entries name them. */
export const fieldNames: Readonly<Record<string, { name: string; en: string }>> = {
  head: { name: '户主', en: 'Head' },
  members: { name: '家庭成员', en: 'Members' },
  'id-number': { name: '身份证号', en: 'ID number' },
  phone: { name: '电话', en: 'Phone' },
  address: { name: '住址', en: 'Address' },
  'facts:plain': { name: '一般信息', en: 'Plain facts' },
  'facts:need-signal': { name: '需求信号', en: 'Need signals' },
  'facts:clinical': { name: '临床信息', en: 'Clinical facts' },
  awards: { name: '待遇', en: 'Awards' },
  verdicts: { name: '政策结果', en: 'Verdicts' },
  amounts: { name: '金额', en: 'Amounts' },
  leads: { name: '线索', en: 'Leads' },
  questions: { name: '待问事项', en: 'Questions' },
  consents: { name: '授权与异议', en: 'Consents' },
  feedback: { name: '反馈', en: 'Feedback' },
}

/** An action in Chinese; steps of a policy draft and what is not known keep their code. */
export function actionName(action: string): string {
  if (action.startsWith('policy.draft-')) return `政策草稿 ${action.slice(13)}`
  return actionNames[action]?.name ?? action
}

/** A field in Chinese; one fact keeps its id. */
export function fieldName(field: string): string {
  return fieldNames[field]?.name ?? (field.startsWith('fact:') ? `信息项 ${field.slice(5)}` : field)
}
