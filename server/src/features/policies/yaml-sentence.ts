import type { YAMLParseError } from 'yaml'

/** What is wrong with the writing of a file, for whoever wrote it; the place is told beside it. */
export function yamlSentence({ code }: Pick<YAMLParseError, 'code'>): string {
  return `YAML 写法有误：${sentences[code]}`
}

const sentences: Readonly<Record<YAMLParseError['code'], string>> = {
  ALIAS_PROPS: '引用（*）前后不能再加锚点或标签',
  BAD_ALIAS: '引用（*）的名称不对，或前面没有这个锚点（&）',
  BAD_COLLECTION_TYPE: '标签与内容不符：列表和键值对不能混用',
  BAD_DIRECTIVE: '文件开头的 % 指令写法不对',
  BAD_DQ_ESCAPE: '双引号里有不认识的转义（\\）',
  BAD_INDENT: '缩进不对，或括号没有合上：同一层要左对齐，下一层要多缩进',
  BAD_PROP_ORDER: '锚点、标签与内容的先后不对',
  BAD_SCALAR_START: '内容不能以这个符号开头，请加引号',
  BLOCK_AS_IMPLICIT_KEY: '一行里有两个冒号，或键值对写在了不能写的位置；含冒号的文字请加引号',
  BLOCK_IN_FLOW: '方括号、花括号里不能换行写成缩进的形式',
  DUPLICATE_KEY: '同一处有两个相同的键',
  IMPOSSIBLE: '无法读懂这里的写法',
  KEY_OVER_1024_CHARS: '冒号前的键太长，可能漏了换行或引号',
  MISSING_CHAR: '少了一个符号：引号、括号、逗号、冒号或空格',
  MULTILINE_IMPLICIT_KEY: '键要写在一行里，可能漏了冒号或引号',
  MULTIPLE_ANCHORS: '一项内容只能有一个锚点（&）',
  MULTIPLE_DOCS: '一个文件只能有一份内容，不能再用 --- 分开',
  MULTIPLE_TAGS: '一项内容只能有一个标签（!）',
  NON_STRING_KEY: '键要是文字',
  RESOURCE_EXHAUSTION: '引用（*）展开后内容太多',
  TAB_AS_INDENT: '缩进要用空格，不能用制表符（Tab）',
  TAG_RESOLVE_FAILED: '不认识的标签（!），或内容与标签不符',
  UNEXPECTED_TOKEN: '这里多出了内容或符号',
}
