import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, seriousProblems, sidewaysScroll } from '../visit.ts'

/** A household is entered: first a search, then whoever is like them and why, and only then the form. */
export function registering(hosting: () => Hosting): void {
  describe('登记家庭', () => {
    test('a search shows who is alike and why; a household is entered with what was searched', async () => {
      const { page, url } = await hosting().arrive({ role: '居村' })
      await page.goto(`${url}/households`)
      const known = await page.locator('.household-link').first().textContent()
      await page.getByRole('link', { name: '登记家庭' }).click()
      await page.getByRole('heading', { name: '登记家庭' }).waitFor()
      await page.getByLabel('姓名', { exact: true }).fill(known ?? '')
      await page.getByRole('button', { name: '查重' }).click()
      await page.getByText('姓名相同').first().waitFor()
      expect(await seriousProblems(page)).toEqual([])
      await page.getByLabel('姓名', { exact: true }).fill('欧阳试登记')
      expect(await page.getByText('姓名相同').count()).toBe(0)
      await page.getByRole('button', { name: '查重' }).click()
      await page.getByText('本辖区没有相像的人').waitFor()
      await page.getByLabel('住址').last().fill('青湖路9弄9号')
      await page.getByLabel('没有身份证号的原因').click()
      await page.getByText('证件遗失，号码不详').click()
      await page.getByRole('button', { name: '登记家庭' }).click()
      await page.getByRole('heading', { name: /欧阳试登记/, level: 1 }).waitFor()
      expect(new URL(page.url()).pathname).toMatch(/^\/households\/\d+$/)
      await page.getByRole('button', { name: '成员变动' }).waitFor()
    })

    test('fits a phone', async () => {
      const { page, url } = await hosting().arrive({ role: '居村', viewport: PHONE })
      await page.goto(`${url}/households/new`)
      await page.getByLabel('姓名', { exact: true }).fill('王伟')
      await page.getByRole('button', { name: '查重' }).click()
      await page.getByRole('region', { name: '查重结果' }).waitFor()
      expect(await sidewaysScroll(page)).toBe(0)
    })
  })
}
