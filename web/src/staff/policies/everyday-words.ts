import type { PolicyItem } from '../../api/views.ts'

/** What people say for what a policy calls differently: everyday word → words of policies. */
const EVERYDAY: readonly (readonly [RegExp, RegExp])[] = [
  [/看病|吃药|住院|生病|医药/, /医疗|医保|大病|住院|互助/],
  [/上学|读书|学费|孩子|小孩/, /教育|儿童|助学|育儿|学生/],
  [/老人|老年|养老|爷爷|奶奶/, /老年|养老|高龄|护理|适老/],
  [/残疾|轮椅|残联/, /残疾|重残|护理补贴/],
  [/孤儿|没人带|没爹没妈/, /孤儿|困境儿童/],
  [/没钱|穷|困难|吃饭/, /低保|最低生活|临时|特困|边缘/],
  [/工作|失业|找活|下岗/, /就业|失业|求职/],
  [/房|租/, /住房|租|廉租|公租/],
  [/打官司|律师/, /法律/],
  [/去世|丧葬|火化/, /殡葬/],
]

/** As long as this, and it is a name and no everyday word. */
const nameLength = 4

/**
 * The policies that somebody means by `typed`: by a name that one bears or bore, those that say it
 * and no others; else in their own words or in everyday ones.
 */
export function policiesMeant<Item extends PolicyItem>(
  policies: readonly Item[],
  typed: string,
): Item[] {
  const isName = typed.length >= nameLength && policies.some((policy) => isNamed(policy, typed))
  return policies.filter((policy) =>
    isName ? says(policy, typed) : says(policy, typed) || isEveryday(policy, typed),
  )
}

function isNamed({ name, aliases }: PolicyItem, typed: string): boolean {
  return [name, ...aliases.map((alias) => alias.name)].some((one) => one.includes(typed))
}

function says(policy: PolicyItem, typed: string): boolean {
  const words = [policy.purpose, policy.forWhom, policy.plain, policy.categoryName]
  const text = words.filter(Boolean).join(' ')
  return isNamed(policy, typed) || text.includes(typed) || policy.id.includes(typed.toLowerCase())
}

function isEveryday({ name, categoryName }: PolicyItem, typed: string): boolean {
  return EVERYDAY.some(([said, meant]) => said.test(typed) && meant.test(`${name}${categoryName}`))
}
