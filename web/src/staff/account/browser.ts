/** Names people know a browser by, in the order in which they must be asked: many claim to be others as well. */
const BROWSERS: readonly (readonly [RegExp, string])[] = [
  [/MicroMessenger\//, '微信'],
  [/DingTalk\//, '钉钉'],
  [/QQBrowser\//, 'QQ 浏览器'],
  [/QIHU|360SE|360EE/, '360 浏览器'],
  [/MetaSr|SogouMobile/, '搜狗浏览器'],
  [/UCBrowser\//, 'UC 浏览器'],
  [/HuaweiBrowser\//, '华为浏览器'],
  [/MiuiBrowser\//, '小米浏览器'],
  [/Edg(e|A|iOS)?\//, 'Edge'],
  [/OPR\//, 'Opera'],
  [/Firefox\/|FxiOS\//, 'Firefox'],
  [/Chrom(e|ium)\/|CriOS\//, 'Chrome'],
  [/Safari\//, 'Safari'],
]

const SYSTEMS: readonly (readonly [RegExp, string])[] = [
  [/HarmonyOS|OpenHarmony/, '鸿蒙'],
  [/UOS|UnionTech/, '统信 UOS'],
  [/Kylin/, '麒麟'],
  [/iPhone|iPad/, 'iOS'],
  [/Android/, 'Android'],
  [/Windows/, 'Windows'],
  [/Mac OS X/, 'macOS'],
  [/Linux/, 'Linux'],
]

const first = (names: readonly (readonly [RegExp, string])[], agent: string) =>
  names.find(([sign]) => sign.test(agent))?.[1]

/** What a browser says it is, in words people know; nothing where it says nothing known. */
export function browserOf(agent: string | null): {
  browser: string | undefined
  system: string | undefined
} {
  return { browser: first(BROWSERS, agent ?? ''), system: first(SYSTEMS, agent ?? '') }
}
