import { generate } from 'otplib'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

/** Three browsers one after another, on a busy machine (ms). */
const PATIENCE = 90_000

const PASSWORD = 'over the water to the mill'

async function fillIn(page: Page, labels: Readonly<Record<string, string>>): Promise<void> {
  for (const [label, text] of Object.entries(labels))
    await page.getByLabel(label, { exact: true }).fill(text)
}

async function choose(page: Page, label: string, option: string): Promise<void> {
  await page.getByLabel(label, { exact: true }).click()
  await page.locator('.ant-select-item-option', { hasText: option }).first().click()
}

/** The six digits that the authenticator shows for a secret on the screen, so many steps from now. */
async function codeFor(secret: string, steps = 0): Promise<string> {
  const epoch = Math.floor(Date.now() / 1000) + steps * 30
  return generate({ secret: secret.replaceAll(' ', ''), epoch })
}

export function accounts(hosting: () => Hosting): void {
  describe('accounts', () => {
    test('somebody is invited, chooses a password, sets up an authenticator and signs in by it', {
      timeout: PATIENCE,
    }, async () => {
      const { page, url } = await hosting().arrive({ username: 'anquan' })
      await page.goto(url)
      await page.waitForURL(/accounts/)
      await page.locator('.accounts > li').first().waitFor()
      expect.soft(await seriousProblems(page), 'accounts').toEqual([])
      await picture(page, 'accounts-1280')
      await page.getByRole('button', { name: '邀请人员' }).click()
      await fillIn(page, { 姓名: '周专干' })
      await choose(page, '岗位', '街镇救助专干')
      await choose(page, '区划', '夏阳')
      await fillIn(page, { 账号: 'zhou' })
      await page.getByRole('button', { name: '生成邀请链接' }).click()
      const link = await page.getByLabel('链接', { exact: true }).inputValue()
      await page.getByRole('button', { name: '已交给本人' }).click()
      await page.locator('.accounts', { hasText: '周专干' }).waitFor()

      const guest = await hosting().arrive({ viewport: PHONE })
      await guest.page.goto(link)
      await fillIn(guest.page, {
        新口令: '1qaz2wsx3edc4rfv',
        再输入一遍新口令: '1qaz2wsx3edc4rfv',
      })
      await guest.page.getByRole('button', { name: '设好口令' }).click()
      await expect
        .poll(() => guest.page.getByRole('alert').textContent(), { timeout: 5000 })
        .toContain('已泄露')
      await fillIn(guest.page, { 新口令: PASSWORD, 再输入一遍新口令: PASSWORD })
      expect.soft(await sidewaysScroll(guest.page), 'invitation').toBe(0)
      await guest.page.getByRole('button', { name: '设好口令' }).click()
      await guest.page.locator('#password').fill(PASSWORD)
      await guest.page.getByRole('button', { name: '登录' }).click()
      await guest.page.getByRole('button', { name: /我的账号/ }).click()
      await guest.page.getByText('账户与安全').click()

      const { page: own } = guest
      await own.getByRole('button', { name: '绑定动态码' }).click()
      await own.getByLabel('先输入口令').fill(PASSWORD)
      await own.getByRole('button', { name: '继续' }).click()
      await own.getByRole('img', { name: /二维码/ }).waitFor()
      const secret = await own.locator('.offer-secret').innerText()
      await own.getByLabel('再输入应用里').fill(await codeFor(secret))
      await own.getByRole('button', { name: '完成绑定' }).click()
      await own.locator('.recovery-codes code').first().waitFor()
      const codes = await own.locator('.recovery-codes code').allInnerTexts()
      expect(new Set(codes).size).toBe(10)
      await own.getByRole('button', { name: '已抄好' }).click()
      await own.getByText('还剩 10 个').waitFor()
      expect.soft(await sidewaysScroll(own), 'account').toBe(0)
      expect.soft(await seriousProblems(own), 'account').toEqual([])
      await picture(own, 'account-375')

      const later = await hosting().arrive({})
      await later.page.goto(`${url}/sign-in`)
      await later.page.locator('#username').fill('zhou')
      await later.page.locator('#password').fill(PASSWORD)
      await later.page.getByRole('button', { name: '登录' }).click()
      await later.page.getByText('请输入动态码').waitFor()
      await later.page.getByLabel('动态码').fill('000000')
      await later.page.getByRole('button', { name: '继续' }).click()
      await expect.poll(() => later.page.getByRole('alert').textContent()).toContain('不对')
      expect.soft(await seriousProblems(later.page), 'code').toEqual([])
      await picture(later.page, 'code-1280')
      await later.page.getByLabel('动态码').fill(await codeFor(secret, 1))
      await later.page.getByRole('button', { name: '继续' }).click()
      await later.page.waitForURL(/leads/)
      await later.page.goto(`${url}/account`)
      await later.page.getByText('本机').waitFor()
      await later.page.getByRole('button', { name: '退出其他全部登录' }).click()
      await later.page.getByText('没有在其他地方登录').waitFor()
    })

    test('an account is disabled with a reason, and the page fits a phone', async () => {
      const { page, url } = await hosting().arrive({ username: 'anquan', viewport: PHONE })
      await page.goto(`${url}/accounts`)
      await page.getByRole('searchbox').fill('zhou')
      await page.getByRole('searchbox').press('Enter')
      await expect.poll(() => page.locator('.accounts > li').count()).toBe(1)
      await page.getByRole('button', { name: '为周专干办理' }).click()
      await page.getByRole('menuitem', { name: '停用账号' }).click()
      await page.getByLabel('原因').fill('离职')
      expect.soft(await seriousProblems(page), 'disabling').toEqual([])
      await page.getByRole('dialog').getByRole('button', { name: '停用账号' }).click()
      await page.locator('.accounts', { hasText: '已停用' }).waitFor()
      await page.getByRole('searchbox').fill('')
      await page.getByRole('searchbox').press('Enter')
      await page.locator('.accounts > li').nth(3).waitFor()
      expect.soft(await sidewaysScroll(page), 'accounts').toBe(0)
      expect.soft(await seriousProblems(page), 'accounts').toEqual([])
    })
  })
}
