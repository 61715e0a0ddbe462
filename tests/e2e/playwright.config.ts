// The built app in a real browser, against a server of its own with the demonstration's data. Started by `sh tests/run e2e`.

import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineConfig, devices } from '@playwright/test'

const root = join(__dirname, '..', '..')
const roundsman = join(root, '.venv', 'bin', 'roundsman')

// Workers read this file again: only the first reading chooses. A port of its own, so that two checkouts can be tested beside each other.
process.env.ROUNDSMAN_E2E_PORT ??= String(20_000 + (process.pid % 10_000))
const port = Number(process.env.ROUNDSMAN_E2E_PORT)
process.env.ROUNDSMAN_E2E_DATA ??= mkdtempSync(join(tmpdir(), 'roundsman-e2e-'))

export default defineConfig({
  testDir: '.',
  outputDir: join(__dirname, 'results'),
  globalTeardown: join(__dirname, 'teardown.ts'),
  fullyParallel: false,
  // Half of the time a test waits for its server or its phone.
  workers: 2,
  forbidOnly: Boolean(process.env.CI),
  // A build machine shares its cores; what passes only the second time is reported as flaky there.
  retries: process.env.CI ? 1 : 0,
  timeout: 60_000,
  reporter: process.env.PLAYWRIGHT_JUNIT_OUTPUT_FILE ? [['list'], ['junit']] : [['list']],
  use: {
    ...devices['Pixel 7'],
    // Without a graphics card every point of the screen is drawn by the processor.
    deviceScaleFactor: 1,
    contextOptions: { reducedMotion: 'reduce' },
    baseURL: `http://localhost:${port}`,
    locale: 'zh-CN',
    timezoneId: 'Asia/Shanghai',
    actionTimeout: 20_000,
    // Tracing every test makes it half as slow again.
    trace: 'on-first-retry',
    screenshot: 'only-on-failure',
    launchOptions: {
      ...(process.env.ROUNDSMAN_CHROMIUM ? { executablePath: process.env.ROUNDSMAN_CHROMIUM } : {}),
      args: [
        '--no-sandbox',
        // Without a graphics card: drawing as if there were one costs more than drawing.
        '--disable-gpu',
        '--disable-software-rasterizer',
        '--use-fake-device-for-media-stream',
        '--use-fake-ui-for-media-stream',
      ],
    },
  },
  webServer: {
    command: `"${roundsman}" migrate && "${roundsman}" demo --without-history && exec "${roundsman}" serve`,
    url: `http://localhost:${port}/healthz`,
    cwd: root,
    timeout: 120_000,
    reuseExistingServer: false,
    gracefulShutdown: { signal: 'SIGTERM', timeout: 5_000 },
    env: { ROUNDSMAN_DATA: process.env.ROUNDSMAN_E2E_DATA, ROUNDSMAN_PORT: String(port), ROUNDSMAN_LOG: 'warning' },
  },
})
