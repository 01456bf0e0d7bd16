import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, seriousProblems, sidewaysScroll, type Visit } from '../visit.ts'

/** Opens the page of a household that nobody has assessed, at its assessment. */
async function openUnassessed({ page, url }: Visit): Promise<void> {
  const list = await page.request.get(`${url}/api/households?size=50`)
  const { items } = (await list.json()) as { items: { id: number }[] }
  for (const { id } of items) {
    const asked = await page.request.get(`${url}/api/households/${id}/assessment`)
    const { current, open } = (await asked.json()) as { current: unknown; open: unknown }
    if (current !== null || open !== null) continue
    await page.goto(`${url}/households/${id}?tab=assessment`)
    await page.getByText('还没有评估').waitFor()
    return
  }
  throw new Error('Every household of the first page is assessed.')
}

async function answer(page: Page, indicator: string, word: string): Promise<void> {
  const group = page.getByRole('radiogroup', { name: indicator, exact: true })
  await group.getByText(word, { exact: true }).click()
}

export function assessing(hosting: () => Hosting): void {
  describe('what a household needs', () => {
    test('is asked in four blocks, weighed, confirmed, and stands as a list of needs', async () => {
      const visit = await hosting().arrive({ role: '居村' })
      const { page } = visit
      await openUnassessed(visit)
      await page.getByRole('button', { name: '开始评估' }).click()
      expect(await page.locator('.assess-form .assess-block > h3').allInnerTexts()).toEqual(
        expect.arrayContaining(['生活水平', '身体状况', '社会支持', '个人能力发展']),
      )
      for (const name of ['收入', '居住', '疾病', '残疾', '社会保障', '社会参与'])
        await answer(page, name, '没有')
      for (const name of ['儿童青少年家庭负担', '儿童青少年家庭环境'])
        await answer(page, name, '没有')
      await answer(page, '就业', '有困难')
      await page.getByRole('button', { name: '加一件' }).click()
      await page.getByLabel('第 1 件 希望的结果').fill('想找一份离家近的工作')
      await page.getByRole('button', { name: '保存草稿' }).click()
      // Education is unknown, and the grade hangs on it.
      await answer(page, '教育', '待核实')
      await page.getByText('结果取决于：教育').waitFor()
      expect(await page.getByRole('button', { name: '确认评估' }).isDisabled()).toBe(true)
      await answer(page, '教育', '有困难')
      await page.getByRole('button', { name: '保存草稿' }).click()
      await page.locator('.assess-outcome', { hasText: '发展提升' }).waitFor()
      await page.getByRole('button', { name: '确认评估' }).click()
      const standing = page.getByRole('region', { name: '需求评估' })
      await standing.getByText('33.34 分').waitFor()
      expect(await standing.locator('.assess-bar-name').allInnerTexts()).toEqual(['教育', '就业'])
      const needs = page.getByRole('region', { name: '需求清单' })
      await needs.getByText('想找一份离家近的工作').waitFor()
      await needs.getByRole('button', { name: /已满足/ }).click()
      await needs.getByText('已满足 · 顾问甲 更新').waitFor()
      expect(await seriousProblems(page)).toEqual([])
    })

    test('an answer that must not wait calls for whoever asked, until they say what came of it', async () => {
      const visit = await hosting().arrive({ role: '居村', viewport: PHONE })
      const { page, url } = visit
      await openUnassessed(visit)
      await page.getByRole('button', { name: '使用量表' }).click()
      const dialog = page.getByRole('dialog')
      await dialog.getByText('这个量表的文本待核').waitFor()
      await dialog.getByLabel('用哪个量表').click()
      await page.locator('.ant-select-item-option', { hasText: 'PHQ-9' }).click()
      for (let item = 1; item <= 9; item++)
        await dialog
          .getByRole('radiogroup', { name: `第 ${item} 项` })
          .getByLabel(item === 9 ? '1 分' : '0 分')
          .check()
      expect.soft(await seriousProblems(page), 'scale').toEqual([])
      await dialog.getByRole('button', { name: /录\s*入/ }).click()
      await page.getByText('请马上联系本人').waitFor()
      expect(await sidewaysScroll(page)).toBe(0)
      expect.soft(await seriousProblems(page), 'danger').toEqual([])
      await page.goto(`${url}/assessments?tab=safety`)
      await page.getByRole('button', { name: '登记联系结果' }).click()
      await page.getByLabel('联系到了吗，情况如何').fill('已通电话，家人陪同')
      await page.getByRole('button', { name: /^登\s*记$/ }).click()
      await page.getByText('没有要马上联系的人').waitFor()
    })

    test('is weighed by what one of the district proposes and another approves', async () => {
      const propose = await hosting().arrive({ username: 'qu' })
      await propose.page.goto(`${propose.url}/assessments?tab=weights`)
      await propose.page.getByRole('button', { name: '提出新权重' }).click()
      const dialog = propose.page.getByRole('dialog')
      await dialog.getByLabel('收入').fill('900')
      await dialog.getByText('合计 10067').waitFor()
      await dialog.getByLabel('居住').fill('767')
      await dialog.getByLabel('依据').fill('专题会议纪要')
      await dialog.getByRole('button', { name: '提出新权重' }).click()
      await propose.page.getByText('您提出的，由另一位同事审定').waitFor()
      const approve = await hosting().arrive({ username: 'qicao' })
      await approve.page.goto(`${approve.url}/assessments?tab=weights`)
      const version = approve.page.getByRole('region', { name: '第 2 版' })
      await version.getByText('+67').waitFor()
      expect.soft(await seriousProblems(approve.page), 'weights').toEqual([])
      await version.getByRole('button', { name: /^同\s*意$/ }).click()
      await version.getByText('现行').waitFor()
    })
  })
}
