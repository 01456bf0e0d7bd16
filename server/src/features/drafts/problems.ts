import type { ProblemKinds } from '../../platform/http/problem.ts'

export const draftProblems = {
  'no-such-draft': { status: 404, title: '没有这份草稿', remedy: '请从草稿列表中选择。' },
  'draft-changed': {
    status: 409,
    title: '草稿已有新的改动',
    remedy: '请重新打开草稿；您没有保存的内容还在本页，可先抄下。',
  },
  'step-not-open': {
    status: 409,
    title: '草稿现在不能办这一步',
    remedy: '请刷新页面，看草稿走到了哪一步。',
  },
  'not-the-author': { status: 403, title: '只有起草人能办这一步', remedy: '请联系起草人。' },
  'author-cannot-approve': {
    status: 403,
    title: '起草人不能审批、发布自己的草稿',
    remedy: '请另一位审批人办理。',
  },
  'already-approved': {
    status: 409,
    title: '您已同意过这一稿',
    remedy: '大范围受损的改动须由另一位审批人再同意。',
  },
  'draft-empty': { status: 422, title: '草稿还没有改动', remedy: '请先修改一项政策再提交。' },
  'draft-unsound': {
    status: 422,
    title: '草稿检查没有通过，现行政策不变',
    remedy: '请按列出的文件和位置改正。',
  },
  'draft-file-refused': {
    status: 422,
    title: '这个文件不能在草稿里改',
    remedy: '草稿可改政策文件、来源和例子；事实目录随程序发布。',
  },
  'impact-missing': {
    status: 409,
    title: '这一稿还没有测算影响',
    remedy: '请先对这一稿做全区影响测算，再审批或发布。',
  },
  'base-moved': {
    status: 409,
    title: '现行政策已有更新，草稿要先合并',
    remedy: '请起草人先合并现行版本的改动，再提交审核。',
  },
  'merge-undecided': {
    status: 409,
    title: '有文件两边都改了同一处',
    remedy: '请逐个选择保留哪一边，再合并。',
  },
  'nothing-awaits': {
    status: 409,
    title: '没有等待采用的新版本',
    remedy: '请刷新草稿列表；新版本的草稿可能已由同事打开。',
  },
  'start-refused': {
    status: 422,
    title: '施行日期不对',
    remedy: '施行日期不能早于今天，也不能早于已发布版本的施行日期。',
  },
} as const satisfies ProblemKinds
