import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { startChromium } from './chromium.ts'
import { type RunningConsole, startConsole } from './running-console.ts'

const PICTURES = join(import.meta.dirname, '../../docs/pictures')
const DESK = { width: 1280, height: 800 }
const PHONE = { width: 375, height: 812 }

let browser: Browser
let running: RunningConsole
let context: BrowserContext
let page: Page
const complaints: string[] = []

async function freshPage(viewport: { width: number; height: number }): Promise<Page> {
  await context?.close()
  context = await browser.newContext({ viewport, locale: 'zh-CN', colorScheme: 'light' })
  context.setDefaultTimeout(15_000)
  const opened = await context.newPage()
  opened.on('pageerror', (error) => complaints.push(error.message))
  return opened
}

/** Signs in with the first demonstration account whose role name contains `role`. */
async function signInAs(role: string): Promise<void> {
  await page.goto(`${running.url}/sign-in`)
  await page.locator('.demo-account', { hasText: role }).first().click()
  await page.getByRole('button', { name: '登录' }).click()
  await page.getByRole('navigation', { name: '主导航' }).first().waitFor({ state: 'attached' })
}

async function openLeads(): Promise<void> {
  await page.goto(`${running.url}/leads`)
  await page.locator('.lead-row').first().waitFor()
}

async function picture(name: string): Promise<void> {
  if (process.env['QIAO_PICTURES'] !== '1') return
  mkdirSync(PICTURES, { recursive: true })
  await page.waitForTimeout(400)
  await page.screenshot({ path: join(PICTURES, `${name}.png`) })
}

async function seriousProblems(): Promise<string[]> {
  await page.waitForTimeout(400)
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html.slice(0, 160)).join(' | ')}`)
}

async function sidewaysScroll(): Promise<number> {
  return page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
}

beforeAll(async () => {
  running = await startConsole()
  browser = await startChromium()
}, 300_000)

afterAll(async () => {
  await browser?.close()
  await running?.stop()
}, 60_000)

describe('signing in', () => {
  beforeEach(async () => {
    page = await freshPage(DESK)
  })

  test('a wrong password is answered in words and nothing opens', async () => {
    await page.goto(`${running.url}/sign-in`)
    await page.locator('#username').fill('nobody')
    await page.locator('#password').fill('wrong')
    await page.getByRole('button', { name: '登录' }).click()
    await expect.poll(() => page.getByRole('alert').textContent()).toContain('账号或密码不对')
    expect(page.url()).toContain('/sign-in')
  })

  test('a page asked for before signing in opens after it', async () => {
    await page.goto(`${running.url}/policies?q=残疾`)
    await page.waitForURL(/sign-in/)
    await picture('sign-in')
    expect(await seriousProblems()).toEqual([])
    await page.locator('.demo-account', { hasText: '区' }).first().click()
    await page.getByRole('button', { name: '登录' }).click()
    await page.waitForURL(/policies\?q=/)
  })
})

describe('an advisor at a desk', () => {
  beforeEach(async () => {
    page = await freshPage(DESK)
    await signInAs('顾问')
  })

  test('opens a lead, sees why, records what the family said and takes it back', async () => {
    await openLeads()
    await picture('leads')
    await page.locator('.lead-open').first().click()
    const line = page.locator('.lead-line').first()
    await line.getByRole('button', { name: '告知' }).click()
    await expect.poll(() => line.textContent()).toContain('已记为“告知”')
    await page.getByRole('status').getByRole('button', { name: '撤销' }).click()
    await expect.poll(() => line.textContent()).not.toContain('已记为')
    await picture('lead')
  })

  test('sees every condition of a verdict with the value, the line and the clause', async () => {
    await openLeads()
    await page.locator('.lead-open').first().click()
    await page.getByRole('link', { name: /打开家庭页/ }).click()
    await page.waitForURL(/households\/\d+/)
    const programme = page.locator('.programme').first()
    await programme.waitFor()
    await expect
      .poll(() => page.locator('.programmes').textContent())
      .toContain('仅供参考,以街镇审核确认为准')
    await programme.locator('.conditions').waitFor()
    expect(await programme.locator('.condition').count()).toBeGreaterThan(0)
    await expect.poll(() => programme.locator('.conditions').textContent()).toMatch(/符合|待核实/)
    await picture('household')
    await page.getByRole('tab', { name: '事实与来源' }).click()
    await page.locator('.fact-table').first().waitFor()
    await picture('facts')
    await page.goBack()
    await page.locator('.lead-row').first().waitFor()
  })

  test('moves, opens and selects by keyboard', async () => {
    await openLeads()
    await page.keyboard.press('j')
    await page.locator('.lead-row-cursor').waitFor()
    await page.keyboard.press('x')
    await expect.poll(() => page.locator('.bulk-bar').textContent()).toContain('已选 1 户')
    await page.keyboard.press('Enter')
    await page.locator('.lead-line').first().waitFor()
    expect(page.url()).toContain('open=')
    await page.keyboard.press('Escape')
    await expect.poll(() => page.url()).not.toContain('open=')
    await page.keyboard.press('/')
    await expect
      .poll(() => page.evaluate(() => document.activeElement?.closest('.search-box') !== null))
      .toBe(true)
    await page.keyboard.press('Escape')
    await page.locator('h1').click()
    await page.keyboard.press('?')
    await expect.poll(() => page.getByRole('dialog').textContent()).toContain('键盘快捷键')
  })

  test('keeps a filter in the address, over a reload too', async () => {
    await openLeads()
    const facet = page.locator('.lead-filters .facet-list').nth(1).locator('.facet').first()
    await facet.click()
    await expect.poll(() => new URL(page.url()).searchParams.size).toBeGreaterThan(0)
    await page.reload()
    await page.locator('.lead-row').first().waitFor()
    const pressed = page.locator('.lead-filters .facet-list').nth(1).locator('[aria-pressed=true]')
    expect(await pressed.count()).toBe(1)
    await page.getByRole('button', { name: '清除筛选' }).click()
    await expect.poll(() => new URL(page.url()).searchParams.size).toBe(0)
  })

  test('reads what a policy gives, to whom and on which basis', async () => {
    await page.goto(`${running.url}/policies/dibao`)
    await page.getByRole('heading', { level: 1, name: '最低生活保障' }).waitFor()
    await page
      .getByRole('img', { name: /历年标准/ })
      .first()
      .waitFor()
    const text = await page.locator('main').textContent()
    for (const heading of ['给谁', '给多少', '条件', '怎么办', '依据'])
      expect(text).toContain(heading)
    await picture('policy')
  })

  test('switches to English and back', async () => {
    await openLeads()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByRole('heading', { level: 1, name: 'Leads' }).waitFor()
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { level: 1, name: '线索' }).waitFor()
  })
})

describe('every main page', () => {
  const paths = ['/leads', '/households', '/policies', '/policies/dibao', '/runs']

  test('has nothing serious for axe at a desk', async () => {
    page = await freshPage(DESK)
    await signInAs('区')
    for (const path of paths) {
      await page.goto(running.url + path)
      await page.locator('h1').waitFor()
      await page.waitForLoadState('networkidle')
      if (path === '/policies') await picture('policies')
      if (path === '/runs') await picture('runs')
      expect.soft(await seriousProblems(), path).toEqual([])
    }
    await openLeads()
    await page.locator('.lead-open').first().click()
    await page.locator('.lead-line').first().waitFor()
    expect.soft(await seriousProblems(), 'lead').toEqual([])
    await page.getByRole('link', { name: /打开家庭页/ }).click()
    await page.locator('.programme').first().waitFor()
    expect.soft(await seriousProblems(), 'household').toEqual([])
  })

  test('fits a phone of 375 px and has nothing serious for axe there', async () => {
    page = await freshPage(PHONE)
    await signInAs('顾问')
    for (const path of paths) {
      await page.goto(running.url + path)
      await page.locator('h1').waitFor()
      await page.waitForLoadState('networkidle')
      if (path === '/leads') await picture('leads-phone')
      expect.soft(await sidewaysScroll(), path).toBe(0)
      expect.soft(await seriousProblems(), path).toEqual([])
    }
    await openLeads()
    await page.locator('.lead-open').first().click()
    await page.getByRole('link', { name: /打开家庭页/ }).click()
    await page.locator('.programme').first().waitFor()
    await picture('household-phone')
    expect.soft(await sidewaysScroll(), 'household').toBe(0)
  })

  test('throws nothing on the way', () => {
    expect(complaints).toEqual([])
  })
})
