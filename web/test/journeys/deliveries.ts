import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

export function deliveries(hosting: () => Hosting): void {
  describe('deliveries', () => {
    test('a data steward takes in a file, sees why rows are refused, and takes it back', {
      timeout: 120_000,
    }, async () => {
      const { page, url } = await hosting().arrive({ username: 'shuju' })
      await page.goto(`${url}/deliveries`)
      await page.getByText('还没有报送').waitFor()
      await page.getByRole('button', { name: '接收文件' }).click()
      await page.getByRole('form', { name: '接收文件' }).getByLabel('数据来源').click()
      await page.getByTitle('人社', { exact: true }).click()
      await page.locator('input[type=file]').setInputFiles({
        name: '人社-养老金.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from(
          '证件号码,姓名,养老金,备注\n31011819500101001X,张三,3000,\n310118195001010011,李四,"2,800.50",无\n,王五,1,\n',
        ),
      })
      await page.getByRole('button', { name: '开始上传' }).click()
      const mapping = page.getByRole('region', { name: '确认各列' })
      await mapping.waitFor()
      await page.getByText('2,800.50').waitFor()
      expect.soft(await seriousProblems(page), 'columns').toEqual([])
      await picture(page, 'delivery-columns-1280')
      await mapping.getByRole('button', { name: '确认并检查' }).click()
      await page.getByText('检查结果（尚未写入）').waitFor()
      await page.getByText('本区没有登记此证件号码的人').first().waitFor()
      await page.getByText('不予接收 2').click()
      await page.waitForURL(/outcome=refused/)
      await page.getByText('证件号码不能空').waitFor()
      await picture(page, 'delivery-checked-1280')
      expect.soft(await seriousProblems(page), 'checked').toEqual([])
      await page.setViewportSize(PHONE)
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, 'delivery-checked-375')
      await page.getByRole('button', { name: '作废' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '作废' }).click()
      await page.locator('.chip', { hasText: '已作废' }).waitFor()
    })

    test('a data steward takes in a complete roll and sees whose award would end before it does', {
      timeout: 120_000,
    }, async () => {
      const { page, url } = await hosting().arrive({ username: 'shuju' })
      await page.goto(`${url}/deliveries`)
      await page.getByRole('button', { name: '接收文件' }).click()
      const form = page.getByRole('form', { name: '接收文件' })
      await form.getByText('发放名册').click()
      await form.getByLabel('待遇').fill('最低生活保障')
      await page.getByTitle('最低生活保障', { exact: true }).click()
      await form.getByLabel('名册范围').click()
      await page.getByRole('menuitemcheckbox', { name: '青浦区' }).click()
      await page.keyboard.press('Escape')
      await form.getByText('登记为在享而名册未列的将终止').waitFor()
      await form.getByLabel('数据来源').fill('民政')
      await page.getByTitle('民政', { exact: true }).click()
      await page.locator('input[type=file]').setInputFiles({
        name: '低保名册.csv',
        mimeType: 'text/csv',
        buffer: Buffer.from('身份证号,姓名,起始日期\n310118195001010011,李四,2024-01-01\n'),
      })
      expect.soft(await seriousProblems(page), 'roll form').toEqual([])
      await picture(page, 'roll-form-1280')
      await page.getByRole('button', { name: '开始上传' }).click()
      await page.getByRole('button', { name: '确认并检查' }).click()
      await page.getByText('最低生活保障名册 · 青浦区 · 完整').waitFor()
      const absent = page.getByText(/^名册未列 \d+$/)
      await absent.click()
      await page.waitForURL(/outcome=absent/)
      const before = Number(/\d+/.exec((await absent.textContent()) ?? '')?.[0])
      expect(before).toBeGreaterThan(10)
      await picture(page, 'roll-checked-1280')
      await page.getByRole('button', { name: '保留在享' }).first().click()
      await page.getByText(`名册未列 ${before - 1}`, { exact: true }).waitFor()
      expect.soft(await seriousProblems(page), 'roll checked').toEqual([])
      await page.getByRole('button', { name: '确认写入' }).click()
      await page
        .getByRole('dialog')
        .getByText(`终止 ${before - 1} 人（户）的在享登记？`)
        .last()
        .waitFor()
      await page
        .getByRole('dialog')
        .getByRole('button', { name: /取\s*消/ })
        .click()
      await page.setViewportSize(PHONE)
      expect(await sidewaysScroll(page)).toBe(0)
      await picture(page, 'roll-checked-375')
      await page.getByRole('button', { name: '作废' }).click()
      await page.getByRole('dialog').getByRole('button', { name: '作废' }).click()
      await page.locator('.chip', { hasText: '已作废' }).waitFor()
    })
  })
}
