import { describe, expect, test } from 'vitest'
import { RESIDENTS } from '../running-console.ts'
import { type Hosting, picture } from '../visit.ts'

export function policies(hosting: () => Hosting): void {
  describe('the policy library', () => {
    test('understands everyday words', async () => {
      const { page, url } = await hosting().arrive({ role: '居村' })
      await page.goto(`${url}/policies`)
      await page.locator('.policy-card').first().waitFor()
      await picture(page, 'policies-1280')
      await page.getByRole('textbox', { name: /查找政策/ }).fill('看病')
      await expect.poll(() => page.locator('.policy-card').count()).toBeLessThan(12)
      expect(await page.locator('.policy-groups').innerText()).toContain('住院医疗救助')
      await page.getByRole('textbox', { name: /查找政策/ }).fill('没有这样的政策')
      await page.getByRole('heading', { name: '没有找到相关的政策' }).waitFor()
    })

    test('finds a policy by a name it bore, and says from when to when it bore it', async () => {
      const { page, url } = await hosting().arrive({ role: '居村' })
      await page.goto(`${url}/policies`)
      const search = page.getByRole('textbox', { name: /查找政策/ })
      for (const name of ['低收入困难家庭', '最低生活保障边缘家庭']) {
        await search.fill(name)
        await page.locator('.policy-card', { hasText: '低保边缘家庭认定' }).waitFor()
        // A name is no everyday word: 困难 in it does not bring every kind of help.
        await expect.poll(() => page.locator('.policy-card').count()).toBeLessThan(5)
      }
      await search.fill('因病支出型贫困家庭生活救助')
      await page.locator('.policy-card', { hasText: '原名：因病支出型贫困家庭生活救助' }).waitFor()
      await page.goto(`${url}/policies/edge-household`)
      const names = page.getByRole('region', { name: '名称沿革' })
      expect((await names.innerText()).replace(/\s+/g, ' ')).toBe(
        '名称沿革 低收入困难家庭 用到 2024-03-31 最低生活保障边缘家庭 2024-04-01 起',
      )
      await picture(page, 'policy-names-1280')
    })

    test('says what a policy gives, to whom, what to bring, where and on which basis', async () => {
      const { page, url } = await hosting().arrive({ role: '居村' })
      await page.goto(`${url}/policies/dibao`)
      await page.getByRole('heading', { level: 1, name: '最低生活保障' }).waitFor()
      await page
        .getByRole('img', { name: /历年标准/ })
        .first()
        .locator('svg')
        .waitFor()
      const text = await page.locator('main').innerText()
      const headings = ['给谁', '给多少', '条件', '怎么办', '要带什么', '到哪里办', '依据', '出处']
      for (const heading of headings) expect(text).toContain(heading)
      expect(text).toContain('仅供参考,以街镇审核确认为准')
      expect(text).toMatch(/标准待核\s*20\d\d-07-01/)
      // An advisor reads the gap; only the district fills it.
      expect(await page.getByRole('button', { name: '补上标准' }).count()).toBe(0)
      await picture(page, 'policy-1280')
      await page.getByRole('switch', { name: '易读版' }).click()
      await page.locator('.easy-read p').first().waitFor()
    })

    test('shows the last run, and a run without changes writes nothing', async () => {
      const { page, url } = await hosting().arrive({ role: '区级' })
      await page.goto(`${url}/runs`)
      const figures = page.locator('.run-figures')
      await expect.poll(() => figures.innerText()).toContain(RESIDENTS.toLocaleString('en'))
      await picture(page, 'runs-1280')
      const before = await page.locator('.run-summary header p').innerText()
      await page.getByRole('button', { name: '现在运行' }).click()
      await expect
        .poll(() => page.locator('.run-summary header p').innerText(), { timeout: 25_000 })
        .not.toBe(before)
      expect(await page.locator('.run-changes').innerText()).toMatch(/写下\s*0/)
    })

    test('takes a missing figure with its document, and judges by it', async () => {
      const { page, url } = await hosting().arrive({ role: '区级' })
      await page.goto(`${url}/policies/dibao`)
      await page.getByRole('heading', { level: 1, name: '最低生活保障' }).waitFor()
      const parameter = page.locator('.parameter').first()
      await parameter.getByRole('button', { name: '补上标准' }).click()
      const form = page.locator('.standard-form')
      await form.getByRole('button', { name: '补上标准' }).click()
      await form.getByText('请填写').first().waitFor()
      // The day after the last known one stands there already: nothing is asked twice.
      expect(await form.getByLabel('从哪天起').inputValue()).toMatch(/^20\d\d-07-01$/)
      await form.getByLabel('标准', { exact: true }).fill('1600')
      await form.getByLabel('文号').fill('测试文号〔2025〕1号')
      await form.getByLabel('出处（网址或文件名）').fill('浏览器测试，不是真实文件')
      await form.getByRole('button', { name: '补上标准' }).click()
      await page.getByText(/已补上，政策包 .* 生效/).waitFor()
      await page.locator('.parameter-history summary').first().click()
      await page.getByText('测试文号〔2025〕1号').first().waitFor()
    })
  })
}
