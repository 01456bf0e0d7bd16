import type { ProblemKinds } from '../../platform/http/problem.ts'

export const dropProblems = {
  'push-unsigned': {
    status: 401,
    title: '推送没有按要求签名',
    remedy:
      '须带请求头 Content-Digest、Idempotency-Key、Signature-Input、Signature，写法见“推送报送文件”指南。',
  },
  'push-signature-wrong': {
    status: 401,
    title: '签名不对，或没有这个密钥',
    remedy: '请核对密钥编号、私钥和签名所覆盖的内容；前置代理不得改写路径。',
  },
  'push-time-wrong': {
    status: 401,
    title: '签名时间与本系统相差过大',
    remedy: '请校准发送方的时钟，重新签名后再推送。',
  },
  'push-key-ended': {
    status: 403,
    title: '这个推送密钥已到期或已吊销',
    remedy: '请联系区数据专管人员换发密钥。',
  },
  'push-key-of-another': {
    status: 403,
    title: '这个推送密钥属于另一个数据来源',
    remedy: '请推送到密钥所属来源的地址。',
  },
  'push-without-length': {
    status: 411,
    title: '推送没有说明文件大小',
    remedy: '请带请求头 Content-Length；不支持分块传输编码。',
  },
  'push-too-large': {
    status: 413,
    title: '文件过大',
    remedy: '一个文件不超过 500 MB，请分成几个再推送。',
  },
  'push-content-differs': {
    status: 400,
    title: '收到的内容与 Content-Digest 不符',
    remedy: '没有保存。请核对文件后重新推送。',
  },
  'push-busy': {
    status: 503,
    title: '正在接收其他推送',
    remedy: '没有保存。请一分钟后重新签名，用同一 Idempotency-Key 再推送。',
  },
  'no-such-push-key': {
    status: 404,
    title: '没有这个推送密钥，或已吊销',
    remedy: '请刷新后再看。',
  },
  'no-such-drop-point': {
    status: 404,
    title: '没有这个取件点，或已停用',
    remedy: '请刷新后再看。',
  },
  'drop-point-invalid': {
    status: 400,
    title: '取件点的信息有误',
    remedy: '请按提示改正后再提交。',
  },
  'push-key-invalid': {
    status: 400,
    title: '推送密钥的信息有误',
    remedy: '请按提示改正后再提交。',
  },
} as const satisfies ProblemKinds
