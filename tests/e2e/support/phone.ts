// A person with a phone (or at a desk): a browser context of its own with a camera that shows a test picture, a position one can move,
// and a network one can cut. What the page complained about is kept, so that no test passes over it.

import { type Browser, type BrowserContext, type BrowserContextOptions, expect, type Page } from '@playwright/test'
import { PASSWORD } from './desk'
import { Network } from './network'
import type { Server } from './server'

export const SCREENS = {
  phone: { width: 390, height: 844 },
  desk: { width: 1280, height: 800 },
} as const

export interface Place {
  latitude: number
  longitude: number
}

/** One degree of latitude, in metres. */
const DEGREE = 111_195

export function metresNorthOf(place: Place, metres: number): Place {
  return { latitude: place.latitude + metres / DEGREE, longitude: place.longitude }
}

export interface PhoneOptions {
  screen?: keyof typeof SCREENS
  colorScheme?: 'light' | 'dark'
  /** Where he stands at first; without it there is no position. */
  place?: Place
  more?: BrowserContextOptions
}

export class Phone {
  readonly context: BrowserContext
  /** Between it and the server. */
  readonly network: Network
  page!: Page
  /** Breaches of the content security policy, errors nobody caught and words that are missing. */
  readonly complaints: string[] = []

  private constructor(context: BrowserContext, network: Network) {
    this.context = context
    this.network = network
  }

  static async open(browser: Browser, server: Server, options: PhoneOptions = {}): Promise<Phone> {
    const { screen = 'phone', colorScheme = 'light', place, more = {} } = options
    const network = await Network.open(() => server.url)
    const context = await browser.newContext({
      baseURL: network.url,
      viewport: SCREENS[screen],
      isMobile: screen === 'phone',
      hasTouch: screen === 'phone',
      // Without a graphics card every point of the screen is drawn by the processor.
      deviceScaleFactor: 1,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
      colorScheme,
      reducedMotion: 'reduce',
      // Whatever is not listed is denied.
      permissions: ['geolocation', 'camera'],
      ...(place ? { geolocation: { ...place, accuracy: 8 } } : {}),
      ...more,
    })
    const phone = new Phone(context, network)
    await phone.watch()
    phone.page = await context.newPage()
    return phone
  }

  private async watch(): Promise<void> {
    const { complaints, context } = this
    await context.exposeFunction('breached', (what: string) => complaints.push(`policy: ${what}`))
    await context.addInitScript(() => {
      document.addEventListener('securitypolicyviolation', (event) => {
        const { breached } = window as unknown as { breached: (what: string) => void }
        breached(`${event.violatedDirective}: ${event.sample || event.blockedURI}`)
      })
    })
    context.on('weberror', (error) => complaints.push(`error: ${error.error().stack ?? error.error()}`))
    context.on('console', (message) => {
      const text = message.text()
      const isNetwork =
        /ERR_INTERNET_DISCONNECTED|Failed to load resource|net::ERR_|ERR_FAILED|EventSource's response/.test(text)
      if (message.type() === 'error' && !isNetwork) complaints.push(`console: ${text}`)
      if (message.type() === 'warning' && /\[(Vue|intlify|vue-router)/i.test(text)) complaints.push(`console: ${text}`)
    })
  }

  /** Stands there, with so good a fix; null for no position at all. */
  async standAt(place: Place | null, accuracy = 8): Promise<void> {
    await this.context.setGeolocation(place && { ...place, accuracy })
  }

  /** No signal: the browser knows it, and what it would try all the same (a worker started again, a new tab) does not get through. */
  async offline(): Promise<void> {
    this.network.cut()
    await this.context.setOffline(true)
  }

  async online(): Promise<void> {
    this.network.mend()
    await this.context.setOffline(false)
  }

  /** Another tab of the same browser. */
  async tab(path = '/'): Promise<Page> {
    const page = await this.context.newPage()
    await page.goto(path)
    return page
  }

  /** The page dies without a farewell, and is opened again where the person left it. */
  async killAndReopen(): Promise<void> {
    const path = new URL(this.page.url()).pathname
    await this.page.close({ runBeforeUnload: false })
    this.page = await this.tab(path)
  }

  async signIn(login: string, password = PASSWORD): Promise<void> {
    const { page } = this
    await page.goto('/sign-in')
    await page.locator('input[name=username]').fill(login)
    await page.locator('input[name=password]').fill(password)
    await page.getByRole('button', { name: /^(登录|Sign in)$/ }).click()
    await expect(page).not.toHaveURL(/sign-in/)
  }

  /** Waits until the service worker holds the whole app and answers this page. */
  async installed(): Promise<void> {
    await this.page.evaluate(async () => {
      await navigator.serviceWorker.ready
    })
    if (!(await this.page.evaluate(() => Boolean(navigator.serviceWorker.controller)))) await this.page.reload()
    await this.page.waitForFunction(() => Boolean(navigator.serviceWorker.controller))
  }

  /** Waits until nothing waits, travels or was refused, as the badge says it. */
  async settled(): Promise<void> {
    await expect(this.badge()).toHaveAccessibleName(/^(都已收到|All received)/, { timeout: 30_000 })
  }

  badge(page = this.page) {
    return page.locator('.sync-badge')
  }

  async end(): Promise<void> {
    await this.context.close()
    await this.network.close()
  }
}
