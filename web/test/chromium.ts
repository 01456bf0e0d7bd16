import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** The shell first: the same pages, without windows, for a quarter less of processor at each. */
const INSTALLED = [
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/snap/bin/chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
]

const HOW_TO_GET_ONE =
  'No Chromium was found for the browser tests. Set CHROMIUM_PATH to one, install it ' +
  '(Debian: apt-get install chromium-headless-shell fonts-noto-cjk; Ubuntu: chromium), or run ' +
  '"npx playwright-core install chromium".'

function isDebianRoot(): boolean {
  const release = '/etc/os-release'
  if (process.getuid?.() !== 0 || !existsSync(release)) return false
  return /^ID(_LIKE)?=.*debian/m.test(readFileSync(release, 'utf8'))
}

/** The Chromium of this machine: named, installed, or Playwright's own; null when there is none. */
function foundChromium(): string | null {
  const named = process.env['CHROMIUM_PATH']
  if (named) {
    if (existsSync(named)) return named
    throw new Error(`CHROMIUM_PATH names ${named}, and there is no such file.`)
  }
  const installed = INSTALLED.find((path) => existsSync(path))
  if (installed) return installed
  const own = chromium.executablePath()
  return own && existsSync(own) ? own : null
}

function installOnDebian(): void {
  console.log('No Chromium found: installing it with apt-get (a minute or two) …')
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' }
  execFileSync('apt-get', ['update', '-qq'], { env, stdio: 'ignore' })
  const install = (name: string) =>
    execFileSync('apt-get', ['install', '-y', '-qq', name, 'fonts-noto-cjk'], {
      env,
      stdio: 'ignore',
    })
  try {
    install('chromium-headless-shell')
  } catch {
    // An older Debian has none apart.
    install('chromium')
  }
}

/**
 * Starts a real Chromium; on Debian as root one is installed where none is found.
 *
 * @throws with how to get one, so that browser tests never pass by being left out
 */
export async function startChromium(): Promise<Browser> {
  let path = foundChromium()
  if (!path && isDebianRoot()) {
    installOnDebian()
    path = foundChromium()
  }
  if (!path) throw new Error(HOW_TO_GET_ONE)
  return chromium.launch({ executablePath: path })
}
