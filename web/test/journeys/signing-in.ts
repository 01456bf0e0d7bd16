import { describe, expect, test } from 'vitest'
import { type Hosting, picture, seriousProblems } from '../visit.ts'

export function signingIn(hosting: () => Hosting): void {
  describe('signing in', () => {
    test('a wrong password is answered in words and nothing opens', async () => {
      const { page, url } = await hosting().arrive()
      await page.goto(`${url}/sign-in`)
      await page.locator('#username').fill('nobody')
      await page.locator('#password').fill('wrong')
      await page.getByRole('button', { name: '登录' }).click()
      await expect.poll(() => page.getByRole('alert').textContent()).toContain('账号或口令不对')
      expect(page.url()).toContain('/sign-in')
    })

    test('a page asked for before signing in opens after it', async () => {
      const { page, url } = await hosting().arrive()
      await page.goto(`${url}/policies?q=残疾`)
      await page.waitForURL(/sign-in/)
      await page.locator('.demo-account').first().waitFor()
      await picture(page, 'sign-in-1280')
      expect(await seriousProblems(page)).toEqual([])
      await page.locator('.demo-account', { hasText: '区级' }).first().click()
      await page.getByRole('button', { name: '登录' }).click()
      await page.waitForURL(/policies\?q=/)
    })

    test('signing out ends at the door, and the pages behind it are shut', async () => {
      const { page, url } = await hosting().arrive({ role: '居村', fresh: true })
      await page.goto(`${url}/leads`)
      await page.getByRole('button', { name: /我的账号/ }).click()
      await page.getByText('退出登录').click()
      await page.waitForURL(/sign-in/)
      await page.goto(`${url}/households`)
      await page.waitForURL(/sign-in/)
    })

    test('a session that ended elsewhere leads back to the door', async () => {
      const { page, context, url } = await hosting().arrive({ role: '居村', fresh: true })
      await page.goto(`${url}/leads`)
      await page.locator('.lead-row').first().waitFor()
      await context.clearCookies()
      await page.getByRole('link', { name: '家庭' }).first().click()
      await page.waitForURL(/sign-in/)
    })

    test('an administrator is told that case content is not theirs', async () => {
      const { page, url } = await hosting().arrive({ role: '系统' })
      await page.goto(`${url}/leads`)
      await page.getByText('您的岗位不能做这件事').waitFor()
      expect(
        await page.getByRole('navigation', { name: '主导航' }).first().innerText(),
      ).not.toContain('家庭')
    })

    test('the search offers an administrator policies only, and a caseworker households, too', async () => {
      const administrator = await hosting().arrive({ role: '系统' })
      await administrator.page.goto(`${administrator.url}/policies`)
      const box = administrator.page.getByRole('combobox', { name: '搜索政策' })
      await box.waitFor()
      expect(await box.getAttribute('placeholder')).toBe('搜政策')
      const { page, url } = await hosting().arrive({ role: '居村' })
      await page.goto(`${url}/policies`)
      expect(
        await page.getByRole('combobox', { name: '搜索家庭和政策' }).getAttribute('placeholder'),
      ).toBe('搜户主、户号、政策')
    })
  })
}
