/** Why a delivered file cannot be read at all, and what to do about it. */
const reasons = {
  empty: '文件是空的，请检查后重新报送。',
  'not-a-sheet': '这不是 CSV 或 XLSX 表格，请另存为其中一种后报送。',
  'old-workbook': '这是旧版或加密的 Excel 文件，请另存为不加密的 XLSX 或 CSV 后报送。',
  'broken-workbook': '这个 XLSX 文件已损坏或没有传完整，请重新导出后报送。',
  'several-sheets': '工作簿里有几张工作表都有内容，请只保留一张后报送',
  'no-sheet': '工作簿里没有内容，请检查后重新报送。',
  'too-large-inside': '文件解压后异常地大，不予读取；请重新导出后报送。',
  'quote-open': '有一处英文双引号没有成对，其后的内容无法分行，请改正后报送',
  'too-many-columns': '列数超过 200，请只保留需要报送的列。',
  'too-many-rows': '超过一百万行，请拆分后分批报送。',
} as const satisfies Record<string, string>

export type UnreadableCode = keyof typeof reasons

/** A file of which no row can be taken in. Its message is for whoever delivered it. */
export class UnreadableFile extends Error {
  readonly code: UnreadableCode

  constructor(code: UnreadableCode, where = '') {
    super(where === '' ? reasons[code] : `${reasons[code]}（${where}）`)
    this.name = 'UnreadableFile'
    this.code = code
  }
}
