import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { RESIDENTS } from '../running-console.ts'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

/** Reading twenty thousand residents and compiling for them, on a busy machine (ms). */
const PATIENCE = 60_000

async function openLab(page: Page, url: string, search = ''): Promise<void> {
  await page.goto(`${url}/lab${search}`)
  await page.locator('.lab-change').waitFor({ timeout: PATIENCE })
}

const everybody = RESIDENTS.toLocaleString('en')

const sentenceOf = (page: Page) => page.locator('.lab-sentence').innerText({ timeout: PATIENCE })

export function lab(hosting: () => Hosting): void {
  describe('the laboratory', () => {
    test(
      'answers a change for the whole district, in one sentence, large numbers and tables',
      async () => {
        const { page, url } = await hosting().arrive({ role: '区级' })
        await openLab(page, url)
        expect(await page.locator('.page-title').innerText()).toContain(`${everybody} 人`)
        await page.getByText('拖动一项标准试试').waitFor()
        await page.getByLabel('低保标准', { exact: true }).first().fill('1700')
        await page.keyboard.press('Enter')
        expect(await sentenceOf(page)).toBe('把低保标准从 1595 改为 1700元/人/月')
        const figures = await page.locator('.lab-figures').innerText()
        for (const word of ['受益', '受损', '不变', '每年多']) expect(figures).toContain(word)
        const text = await page.locator('.lab-results').innerText()
        for (const word of ['要多少钱', '按街镇', '按收入十等分', '按年龄', '最低生活保障'])
          expect(text).toContain(word)
        expect(text).toContain('不知道的不当作没有')
        await picture(page, 'lab-1280')
        expect(await seriousProblems(page)).toEqual([])
      },
      2 * PATIENCE,
    )

    test(
      'moves with the slider, and keeps the change in the address for a colleague',
      async () => {
        const { page, url } = await hosting().arrive({ role: '区级' })
        await openLab(page, url, '?programme=laonian-jintie')
        const slider = page.getByRole('slider').first()
        await slider.focus()
        for (let i = 0; i < 5; i++) await page.keyboard.press('ArrowRight')
        await page.locator('.lab-sentence').waitFor({ timeout: PATIENCE })
        await page.keyboard.press('ArrowRight')
        await expect.poll(() => page.url()).toContain('values=old_age_65%3A81')
        const told = '把老年津贴65至69岁从 75 改为 81元/月'
        await expect.poll(() => sentenceOf(page)).toBe(told)
        const address = page.url()
        await page.goto('about:blank')
        await page.goto(address)
        expect(await sentenceOf(page)).toBe(told)
      },
      2 * PATIENCE,
    )

    test(
      'tries another rule beside today’s, and says line and column where it does not read',
      async () => {
        const { page, url } = await hosting().arrive({ role: '区级' })
        await openLab(page, url)
        await page.locator('.lab-rules > summary').click()
        const field = page.getByLabel(/家庭人均月收入低于低保标准/)
        await field.click()
        await page.keyboard.press('Control+a')
        await page.keyboard.type('人均', { delay: 30 })
        await page.locator('.cm-tooltip-autocomplete').getByText('人均收入').first().waitFor()
        await page.keyboard.press('Escape')
        await field.fill('人均收入 <')
        const alert = page.locator('.lab-rule').getByRole('alert')
        // Told while it is written, under the words and in a sentence, before anybody asks to try it.
        expect(await alert.innerText({ timeout: PATIENCE })).toMatch(/^第 1 行第 \d+ 个字：/)
        // At the end of the words the mark is a point without width, which counts as hidden.
        const mark = page.locator('.cm-lintRange-error, .cm-lintPoint-error').first()
        await mark.waitFor({ state: 'attached' })
        await field.press('Control+Enter')
        await alert.waitFor({ timeout: PATIENCE })
        await picture(page, 'lab-rule-1280')
        expect(await page.locator('.lab-figures').count()).toBe(0)
        await field.fill('人均收入 < 适用低保标准 * 2')
        await field.press('Control+Enter')
        expect(await sentenceOf(page)).toContain('改为：人均收入 < 适用低保标准 * 2')
        expect(await page.locator('.lab-results').innerText()).toContain('今天：')
        expect(await seriousProblems(page)).toEqual([])
        const address = page.url()
        await page.goto('about:blank')
        await page.goto(address)
        expect(await sentenceOf(page)).toContain('适用低保标准 * 2')
      },
      2 * PATIENCE,
    )

    test(
      'shows some households behind a figure, and names nobody',
      async () => {
        const { page, url } = await hosting().arrive({ role: '区级' })
        await openLab(page, url, '?programme=laonian-jintie&values=old_age_65:90')
        await page.getByRole('button', { name: /^全部受益 [\d,]+ 户，看样本户$/ }).click()
        const drawer = page.getByRole('dialog', { name: '全部 · 受益的样本户' })
        await drawer.locator('.lab-sample').first().waitFor({ timeout: PATIENCE })
        expect(await drawer.locator('.lab-sample').count()).toBe(20)
        const text = await drawer.innerText()
        for (const word of ['不具名', '每年约多', '老年综合津贴', '符合，约', '岁'])
          expect(text).toContain(word)
        const answer = await page.context().request.get(`${url}/api/leads`)
        const { items } = (await answer.json()) as { items: { head: string }[] }
        expect(items.filter(({ head }) => text.includes(head))).toEqual([])
        // Nobody of the district answers for a committee: there is nothing to open.
        expect(await drawer.getByRole('link').count()).toBe(0)
        expect(await seriousProblems(page)).toEqual([])
        await picture(page, 'lab-samples-1280')
        await page.keyboard.press('Escape')
        const row = page.getByRole('button', { name: /^夏阳街道受益 [\d,]+ 户，看样本户$/ })
        await row.click()
        await page.getByRole('dialog', { name: /^夏阳街道 · 受益/ }).waitFor()
      },
      2 * PATIENCE,
    )

    test('refuses an impossible figure at its field, saying why', async () => {
      const { page, url } = await hosting().arrive({ role: '区级' })
      await openLab(page, url, '?values=dibao_standard:-5')
      const field = page.locator('.lab-parameter', { hasText: '低保标准' }).first()
      await field.getByRole('alert').getByText('不能是负数').waitFor()
      await openLab(page, url, '?values=dibao_standard:1600.005')
      await field.getByRole('alert').getByText('最多 2 位小数').waitFor()
    })

    test(
      'exports what the page shows with its assumptions, and hides few as the page does',
      async () => {
        const { page, url } = await hosting().arrive({ role: '区级' })
        await openLab(page, url, '?values=dibao_standard:1700')
        await sentenceOf(page)
        const fileOf = async (name: string) => {
          const [download] = await Promise.all([
            page.waitForEvent('download'),
            page.getByRole('button', { name }).click(),
          ])
          return readFile(await download.path())
        }
        const csv = (await fileOf('导出 CSV')).toString('utf8')
        for (const word of ['把低保标准从 1595 改为 1700', '青浦区', '不考虑改政策以后', '按街镇'])
          expect(csv).toContain(word)
        const cells = csv.split(/[,\r\n]/)
        expect(cells.filter((cell) => /^[1-4]$/.test(cell))).toEqual([])
        const xlsx = await fileOf('导出 Excel')
        expect(xlsx.subarray(0, 2).toString()).toBe('PK')
        expect(xlsx.toString('utf8')).toContain('把低保标准从 1595 改为 1700')
        const png = await fileOf('导出图片')
        expect(png.subarray(1, 4).toString()).toBe('PNG')
        expect(png.length).toBeGreaterThan(20_000)
      },
      PATIENCE,
    )

    test(
      'keeps changes by name and compares them; a curve is drawn over the range',
      async () => {
        const { page, url } = await hosting().arrive({ role: '区级' })
        for (const [name, value] of [
          ['提到1650', 1650],
          ['提到1700', 1700],
        ]) {
          await openLab(page, url, `?values=dibao_standard:${value}`)
          await page.getByLabel('方案名称').fill(String(name))
          await page.getByRole('button', { name: '保存方案' }).click()
          await page.getByRole('checkbox', { name: String(name) }).waitFor()
        }
        for (const name of ['提到1650', '提到1700'])
          await page.getByRole('checkbox', { name }).check()
        await page.getByRole('button', { name: '比较选中的方案' }).click()
        const table = page.getByRole('region', { name: '方案比较' })
        await table.getByText('把低保标准从 1595 改为 1650').waitFor({ timeout: PATIENCE })
        expect(await table.innerText()).toContain('把低保标准从 1595 改为 1700')
        await openLab(page, url, '?programme=laonian-jintie')
        await page.getByRole('button', { name: '画曲线' }).click()
        await page
          .getByRole('img', { name: /从 .* 到 .*：要多少钱/ })
          .locator('svg')
          .waitFor({ timeout: PATIENCE })
      },
      3 * PATIENCE,
    )

    test('shows a township its own households only, and an advisor nothing of it', async () => {
      const township = await hosting().arrive({ role: '街镇' })
      await openLab(township.page, township.url)
      expect(await township.page.locator('.page-title').innerText()).not.toContain(
        `${everybody} 人`,
      )
      const advisor = await hosting().arrive({ role: '居村' })
      await advisor.page.goto(`${advisor.url}/policies`)
      await advisor.page.locator('.policy-card').first().waitFor()
      expect(await advisor.page.getByRole('link', { name: '政策试算' }).count()).toBe(0)
      const answer = await advisor.context.request.get(`${advisor.url}/api/lab`)
      expect(answer.status()).toBe(403)
    })

    test('fits a phone', async () => {
      const { page, url } = await hosting().arrive({ role: '区级', viewport: PHONE })
      await openLab(page, url, '?values=dibao_standard:1700')
      await sentenceOf(page)
      expect(await sidewaysScroll(page)).toBe(0)
      expect(await seriousProblems(page)).toEqual([])
      await openLab(page, url, '?programme=laonian-jintie&values=old_age_65:90')
      await page.getByRole('button', { name: /^全部受益/ }).click()
      await page.locator('.lab-sample').first().waitFor({ timeout: PATIENCE })
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, 'lab-samples-375')
    })
  })
}
