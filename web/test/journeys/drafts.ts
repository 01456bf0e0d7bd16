import type { Page } from 'playwright-core'
import { describe, expect, test } from 'vitest'
import { type Hosting, PHONE, picture, seriousProblems, sidewaysScroll } from '../visit.ts'

/** Checking a pack, trying a draft on twenty thousand residents, on a busy machine (ms). */
const PATIENCE = 120_000
const file = 'programmes/laonian-jintie.yaml'

async function press(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name, exact: true }).click({ timeout: PATIENCE })
}

export function drafts(hosting: () => Hosting): void {
  describe('a change of policy', () => {
    let address = ''

    test(
      'is written with completion over what is declared, errors under the words, cases beside it',
      async () => {
        const { page, url } = await hosting().arrive({ username: 'qicao' })
        await page.goto(`${url}/drafts`)
        await page.getByRole('button', { name: '新建草稿' }).first().click()
        await page.getByLabel('改什么').fill('老年津贴提到80元')
        await page.getByRole('button', { name: '开始起草' }).click()
        await page.waitForURL(/drafts\/\d+/)
        address = new URL(page.url()).pathname
        await page.goto(`${url}${address}?file=${file}`)
        await page.getByText('23 个例子都对').waitFor({ timeout: PATIENCE })
        await page.getByLabel('条件表达式：年满65周岁').click()
        await page.keyboard.press('End')
        await page.keyboard.type(' and 年', { delay: 30 })
        await page.locator('.cm-tooltip-autocomplete').getByText('年龄').waitFor()
        await page.keyboard.press('Escape')
        await page.keyboard.type('令 > 1', { delay: 30 })
        const trouble = page.locator('.draft-expression [role=alert]')
        await trouble.waitFor({ timeout: PATIENCE })
        expect(await trouble.innerText()).toContain('年令')
        await page.locator('.cm-lintRange-error').first().waitFor()
        await page.getByText(`${file} 第 41 行`).waitFor()
        await picture(page, 'draft-trouble-1280')
        await press(page, '放弃改动')
        await page.getByText('没有问题').waitFor({ timeout: PATIENCE })
      },
      3 * PATIENCE,
    )

    test(
      'refuses an impossible figure at its field, and takes a possible one',
      async () => {
        const { page, url } = await hosting().arrive({ username: 'qicao' })
        await page.goto(`${url}${address}?file=${file}`)
        const figures = page.locator('.draft-figures').first()
        await figures.getByLabel('老年津贴65至69岁 2016-05-01 的标准').fill('-5')
        await figures.getByText('低于这项标准可能的最小值').waitFor()
        await press(page, '放弃改动')
        await figures.getByRole('button', { name: '增加老年津贴65至69岁' }).click()
        await figures.getByPlaceholder('起日').fill('2025-06-01')
        await page.keyboard.press('Enter')
        await figures.getByPlaceholder('标准').fill('80')
        await figures.getByPlaceholder('文件').fill('试行文件')
        await figures.getByPlaceholder('在哪里查到').fill('试行')
        await press(page, '加入')
        await page.getByText('有改动没有保存').waitFor()
        await page.getByRole('link', { name: '线索' }).first().click()
        await page.getByText('离开后，没有保存的改动会丢失').waitFor()
        await press(page, '留下来')
        await page.keyboard.press('Control+s')
        await page.getByRole('status').getByText('已保存').waitFor({ timeout: PATIENCE })
        expect(await seriousProblems(page)).toEqual([])
        await picture(page, 'draft-1280')
      },
      3 * PATIENCE,
    )

    test(
      'is tried on the whole district, approved and published by somebody else',
      async () => {
        const author = await hosting().arrive({ username: 'qicao' })
        await author.page.goto(`${author.url}${address}?view=review`)
        await press(author.page, '提交审核')
        await author.page.locator('.page-title').getByText('待审核').waitFor({ timeout: PATIENCE })
        expect(await author.page.getByRole('button', { name: '同意' }).count()).toBe(0)
        const approver = await hosting().arrive({ username: 'shenpi' })
        const { page, url } = approver
        await page.goto(`${url}${address}`)
        await page.getByText('value: 80', { exact: false }).first().waitFor()
        await press(page, '测算影响')
        const figures = page.locator('.lab-figures')
        await figures.waitFor({ timeout: PATIENCE })
        for (const word of ['受益', '受损', '不变'])
          expect(await figures.innerText()).toContain(word)
        const text = await page.locator('.draft-review').innerText()
        for (const word of ['按街镇', '按年龄', '要多少钱']) expect(text).toContain(word)
        expect(await seriousProblems(page)).toEqual([])
        await picture(page, 'draft-review-1280')
        await page
          .getByRole('button', { name: '同 意' })
          .or(page.getByRole('button', { name: '同意' }))
          .click()
        await page.locator('.page-title').getByText('已同意，待发布').waitFor({ timeout: PATIENCE })
        await page
          .getByRole('button', { name: '发 布' })
          .or(page.getByRole('button', { name: '发布' }))
          .click()
        await page.locator('.page-title').getByText('已发布').waitFor({ timeout: PATIENCE })
        await page.goto(`${url}/policies/laonian-jintie`)
        await page.getByText('80').first().waitFor()
      },
      5 * PATIENCE,
    )

    test(
      'fits a phone',
      async () => {
        const { page, url } = await hosting().arrive({ username: 'shenpi', viewport: PHONE })
        await page.goto(`${url}${address}?view=review`)
        await page.locator('.difference').first().waitFor()
        expect(await sidewaysScroll(page)).toBe(0)
        await picture(page, 'draft-review-375')
        await page.goto(`${url}${address}?view=write`)
        await page.locator('.draft-figures').first().waitFor()
        expect(await sidewaysScroll(page)).toBe(0)
      },
      PATIENCE,
    )
  })

  describe('feedback on a policy', () => {
    test(
      'is given by an advisor with a household, and answered by whoever drafts policies',
      async () => {
        const advisor = await hosting().arrive({ role: '居村' })
        await advisor.page.goto(`${advisor.url}/feedback`)
        await press(advisor.page, '写反馈')
        const form = advisor.page.locator('.feedback-give')
        await form.getByLabel('政策').fill('老年综合')
        await advisor.page.locator('.ant-select-item-option').first().click()
        await form.getByLabel('因为').fill('老人不知道要自己去申请')
        const answer = await advisor.context.request.get(`${advisor.url}/api/households?size=1`)
        const { items } = (await answer.json()) as { items: { registerNo: string }[] }
        const registerNo = items[0]?.registerNo ?? ''
        await form.getByLabel('附上家庭').fill(registerNo)
        const found = advisor.page.locator('.ant-select-item-option', { hasText: registerNo })
        await found.first().click()
        await form.locator('.ant-select-selection-item', { hasText: registerNo }).waitFor()
        await form.getByLabel('因为').click()
        await found.first().waitFor({ state: 'hidden' })
        await picture(advisor.page, 'feedback-give-1280')
        await form
          .getByRole('button', { name: '提 交' })
          .or(form.getByRole('button', { name: '提交' }))
          .click()
        await advisor.page.getByText('已提交，附 1 户').waitFor()
        const item = advisor.page.locator('.feedback-item', { hasText: '老人不知道' })
        await item.getByRole('link', { name: registerNo }).waitFor()
        expect(await seriousProblems(advisor.page)).toEqual([])
        const owner = await hosting().arrive({ username: 'qicao' })
        await owner.page.goto(`${owner.url}/feedback`)
        await owner.page.getByLabel('答复', { exact: true }).first().fill('下季度起免申即享')
        await owner.page
          .getByRole('button', { name: '答 复' })
          .or(owner.page.getByRole('button', { name: '答复' }))
          .first()
          .click()
        await owner.page.locator('.feedback-answer').getByText('下季度起免申即享').waitFor()
        await picture(owner.page, 'feedback-1280')
      },
      PATIENCE,
    )
  })
}
