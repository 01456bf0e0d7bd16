import { chmod, mkdir, mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fastify from 'fastify'
import { afterAll, beforeAll, expect, test } from 'vitest'
import type { App } from './app.ts'
import { serveConsole } from './console-files.ts'

let folder: string
let app: App

/** A build in a folder of its own: a page and one file with a hash. */
async function build(name: string, hash: string): Promise<string> {
  const built = join(folder, name)
  await mkdir(join(built, 'assets'), { recursive: true })
  await writeFile(join(built, 'index.html'), `<script src="/assets/main-${hash}.js"></script>`)
  await writeFile(join(built, 'assets', `main-${hash}.js`), `'${hash}'`)
  return built
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'qiao-console-files-'))
  await chmod(folder, 0o755)
  app = fastify() as unknown as App
  await serveConsole(app, await build('dist', 'one'))
})
afterAll(async () => {
  await app.close()
  await rm(folder, { recursive: true, force: true })
})

const get = async (url: string) => {
  const { statusCode, body, headers } = await app.inject({ url })
  return { status: statusCode, body, cache: headers['cache-control'] }
}

test('the page is always fresh, a file with a hash in its name is kept for a year', async () => {
  const page = { status: 200, cache: 'no-cache', body: expect.stringContaining('main-one.js') }
  for (const url of ['/', '/leads?state=open', '/households/12']) {
    expect(await get(url)).toEqual(page)
  }
  expect(await get('/assets/main-one.js')).toEqual({
    status: 200,
    body: "'one'",
    cache: 'public, max-age=31536000, immutable',
  })
})

test('what is no file, what is hidden and what lies outside are not found', async () => {
  await writeFile(join(folder, 'secret.txt'), 'for nobody')
  await writeFile(join(folder, 'dist', 'assets', '.hidden.js'), 'for nobody')
  for (const url of [
    '/assets/absent.js',
    '/api/absent',
    '/assets/.hidden.js',
    '/../secret.txt',
    '/%2e%2e/secret.txt',
    '/..%2fsecret.txt',
  ]) {
    const { status, body } = await get(url)
    expect([url, status >= 400, body.includes('for nobody')]).toEqual([url, true, false])
  }
})

test('a console built anew under the running server is served with its new files', async () => {
  const built = await build('new', 'two')
  await rename(join(folder, 'dist'), join(folder, 'old'))
  await rename(built, join(folder, 'dist'))
  expect((await get('/')).body).toContain('main-two.js')
  expect(await get('/assets/main-two.js')).toMatchObject({ status: 200, body: "'two'" })
  expect((await get('/assets/main-one.js')).status).toBe(404)
})
