/** 数据来源: who delivers which facts. */
export const exchange = {
  title: '数据来源',
  lead: '哪些部门提供哪些人员事实。标“待核”的内容尚无人确认，不能作为共享依据。模板供各部门准备数据，收到的文件在“数据报送”里接收。',
  find: '按部门或字段查找',
  template: '下载模板',
  templateOf: '下载模板：{{name}}',
  unconfirmed: '待核',
  column: {
    owner: '责任单位',
    legalBasis: '法律依据',
    cadence: '更新频率',
    trust: '可信程度',
    contact: '联系人',
  },
  fields: '字段（{{count}} 项）',
  noFields: '事实清单中没有由其提供的人员事实，暂无模板',
  empty: { title: '没有找到', body: '换一个部门或字段的名称，或清空查找。' },
}
