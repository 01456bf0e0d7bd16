import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

/** Checking a pack, trying a draft on twenty thousand residents, on a busy machine (ms). */
const PATIENCE = 120_000
const ROOT = join(import.meta.dirname, '../../..')
const awaits = '政策包新版本 2099.1.0 已到'

/** The shipped pack with a later version, one standard more and one sentence of another policy. */
function laterPack(): string {
  const folder = mkdtempSync(join(tmpdir(), 'qiao-release-'))
  cpSync(join(ROOT, 'policy'), folder, { recursive: true })
  const change = (path: string, work: (text: string) => string) => {
    const text = readFileSync(join(folder, path), 'utf8')
    const changed = work(text)
    expect(changed, path).not.toBe(text)
    writeFileSync(join(folder, path), changed)
  }
  change('pack.yaml', (text) => text.replace(/^version:.*$/m, 'version: "2099.1.0"'))
  change('programmes/tekun.yaml', (text) =>
    text.replace(
      / {4}pending:\n {6}- \{from: 2025-07-01.*\n/,
      '      - {from: 2025-07-01, value: 2150, document: 浏览器测试新版本, note: 浏览器测试，不是真实文件}\n    pending:\n',
    ),
  )
  change('programmes/binzang.yaml', (text) => `# 浏览器测试新版本\n${text}`)
  return folder
}

async function press(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click({ timeout: PATIENCE })
}

/** The district enters the standard that the release brings, too. */
async function enterStandard(page: Page, url: string): Promise<void> {
  await page.goto(`${url}/policies/tekun`)
  const parameter = page.locator('.parameter').first()
  await parameter.getByRole('button', { name: '补上标准' }).click()
  const form = page.locator('.standard-form')
  await form.getByLabel('标准', { exact: true }).fill('2140')
  await form.getByLabel('文号').fill('测试文号〔2025〕2号')
  await form.getByLabel('出处（网址或文件名）').fill('浏览器测试，不是真实文件')
  await form.getByRole('button', { name: '补上标准' }).click()
  await page.getByText(/已补上，政策包 .* 生效/).waitFor()
}

export function releases(hosting: () => Hosting): void {
  describe('a later release of the policy pack', () => {
    let address = ''

    test(
      'arrives as a draft and is told on the policies, which stay as they are',
      async () => {
        const district = await hosting().arrive({ role: '区级' })
        await enterStandard(district.page, district.url)
        const folder = laterPack()
        expect(await hosting().command('policy', 'receive', folder)).toContain('2099.1.0 等待采用')
        rmSync(folder, { recursive: true, force: true })
        const advisor = await hosting().arrive({ role: '居村' })
        await advisor.page.goto(`${advisor.url}/policies`)
        await advisor.page.getByRole('status').getByText(awaits).waitFor()
        expect(await advisor.page.getByText('到政策草稿处理').count()).toBe(0)
        expect(await advisor.page.locator('.page-title').innerText()).not.toContain('2099')
        const { page, url } = await hosting().arrive({ username: 'qicao' })
        await page.goto(`${url}/policies`)
        await picture(page, 'policies-release-1280')
        await page.getByRole('link', { name: '到政策草稿处理' }).click()
        await page.getByRole('status').getByText(awaits).waitFor()
        await page.getByText('随版本到达，还没有人接手').first().waitFor()
        expect(await seriousProblems(page)).toEqual([])
        await picture(page, 'drafts-release-1280')
        await page.getByRole('link', { name: '看这份草稿' }).click()
        await page.waitForURL(/drafts\/\d+/)
        address = new URL(page.url()).pathname
      },
      PATIENCE,
    )

    test(
      'is taken up, both sides are looked at and one is chosen, before it is submitted',
      async () => {
        const { page, url } = await hosting().arrive({ username: 'qicao' })
        await page.goto(url + address)
        const card = page.locator('.draft-release')
        await card.getByText('两边改了同一处，由起草人选择（1 个文件）').waitFor()
        await press(page, '由我接手')
        await card.getByRole('radiogroup', { name: /特困人员救助供养保留哪一边/ }).waitFor()
        expect(await card.innerText()).toContain('value: 2140')
        expect(await card.innerText()).toContain('value: 2150')
        await picture(page, 'draft-release-1280')
        expect(await seriousProblems(page)).toEqual([])
        await card.getByText('全部选定才能提交审核').waitFor()
        expect(await page.getByRole('button', { name: '提交审核' }).count()).toBe(0)
        await card.getByLabel('用新版本的').check()
        await press(page, '按选择保留')
        await card.getByText('两边改了同一处，起草人已选择（1 个文件）').waitFor()
        await page.locator('.draft-review .difference').first().waitFor()
        expect(await page.locator('.draft-review').innerText()).toContain('value: 2150')
        await press(page, '提交审核')
        await page.locator('.page-title').getByText('待审核').waitFor({ timeout: PATIENCE })
      },
      3 * PATIENCE,
    )

    test(
      'is looked at on a phone, and published by another from its day on',
      async () => {
        const { page, url } = await hosting().arrive({ username: 'shenpi', viewport: PHONE })
        await page.goto(url + address)
        await page.locator('.draft-release details').first().waitFor()
        await page.locator('.draft-fate summary').first().click()
        expect(await sidewaysScroll(page)).toBe(0)
        await picture(page, 'draft-release-375')
        await press(page, '测算影响')
        await page.locator('.lab-figures').waitFor({ timeout: PATIENCE })
        await press(page, /^同 ?意$/)
        await page.locator('.page-title').getByText('已同意，待发布').waitFor({ timeout: PATIENCE })
        await press(page, /^发 ?布$/)
        await page.locator('.page-title').getByText('已发布').waitFor({ timeout: PATIENCE })
        await page.goto(`${url}/policies`)
        await page.getByText('2099.1.0').first().waitFor()
        expect(await page.getByText(awaits).count()).toBe(0)
      },
      4 * PATIENCE,
    )
  })
}
