import type { ProblemKinds } from '../../platform/http/problem.ts'

export const exchangeProblems = {
  'no-such-source': {
    status: 404,
    title: '没有这个数据来源',
    remedy: '请从数据来源列表中选择。',
  },
  'source-without-fields': {
    status: 409,
    title: '这个数据来源没有可报送的事实，没有模板可下载',
    remedy: '请先在政策库的事实清单中明确由该部门提供的事实。',
  },
  'source-changed': {
    status: 409,
    title: '这个来源的约定刚被别人改过',
    remedy: '请刷新后再改。',
  },
  'no-such-fact': {
    status: 404,
    title: '没有这一项事实',
    remedy: '请从列表中选择。',
  },
  'trust-invalid': {
    status: 400,
    title: '可信顺序要把五类来源各排一次',
    remedy: '请重新排序后再保存。',
  },
  'trust-changed': {
    status: 409,
    title: '这一项的可信顺序刚被别人改过',
    remedy: '请刷新后再改。',
  },
  'no-such-delivery': {
    status: 404,
    title: '没有这一批报送',
    remedy: '请从报送列表中选择。',
  },
  'delivery-moved-on': {
    status: 409,
    title: '这一批报送已不在您看到的那一步',
    remedy: '请刷新后再看。',
  },
  'delivery-incomplete': {
    status: 409,
    title: '文件还没有传完',
    remedy: '请继续上传缺少的部分，再提交。',
  },
  'piece-invalid': {
    status: 400,
    title: '上传的分片不对',
    remedy: '除最后一片外，每片应为 524288 字节，以 Base64 表示；请刷新后重新上传。',
  },
  'delivery-invalid': {
    status: 400,
    title: '报送信息有误',
    remedy: '请按提示改正后再提交。',
  },
  'mapping-invalid': {
    status: 400,
    title: '列的对应关系有误',
    remedy: '请按提示改正后再检查。',
  },
  'roll-ends-awards': {
    status: 409,
    title: '名册将终止一些在享登记，人数未经确认',
    remedy: '请查看“名册未列”的名单，确认人数后再写入；如果名册不全，请按不完整名册重新接收。',
  },
  'row-not-waiting': {
    status: 409,
    title: '这一行不在等待处理',
    remedy: '请刷新后再看。',
  },
  'undo-too-late': {
    status: 409,
    title: '已过可以撤销的期限',
    remedy: '请联系来源部门重新报送正确的数据。',
  },
} as const satisfies ProblemKinds
