// What the browser itself makes of the answers' headers: foreign code, pictures and frames do not run here, nothing is guessed, kept or
// handed on that should not be.

import { expect, test } from './support/test'

test('the page runs nothing but its own files and shows nothing of others', async ({ phoneOf }) => {
  const phone = await phoneOf()
  await phone.signIn('wang')
  const { page } = phone
  const asked: string[] = []
  await phone.context.route('https://elsewhere.example/**', (route) => {
    asked.push(route.request().url())
    return route.fulfill({
      status: 200,
      contentType: 'image/svg+xml',
      body: '<svg xmlns="http://www.w3.org/2000/svg"/>',
    })
  })
  const found = await page.evaluate(async () => {
    const violated: string[] = []
    document.addEventListener('securitypolicyviolation', (event) => violated.push(event.effectiveDirective))
    const window_ = window as unknown as { wasRun?: boolean }
    const script = document.createElement('script')
    script.textContent = 'window.wasRun = true'
    const button = document.createElement('div')
    button.innerHTML = '<img src="/nowhere-at-all" onerror="window.wasRun = true">'
    const picture = document.createElement('img')
    picture.src = 'https://elsewhere.example/a.svg'
    const frame = document.createElement('iframe')
    frame.src = 'https://elsewhere.example/frame'
    const own = document.createElement('iframe')
    own.src = '/'
    const foreign = document.createElement('script')
    foreign.src = 'https://elsewhere.example/a.js'
    document.body.append(script, button, picture, frame, own, foreign)
    const sent = await fetch('https://elsewhere.example/data').then(
      () => true,
      () => false,
    )
    // Text as code: what the tools evaluate here is let through, a timer's text is not.
    try {
      setTimeout('window.wasRun = true', 0)
    } catch {
      // Refused at once is as good.
    }
    // The one exception: WebAssembly of our own making, here the smallest there is.
    const mayRead = await WebAssembly.compile(new Uint8Array([0, 97, 115, 109, 1, 0, 0, 0])).then(
      () => true,
      () => false,
    )
    await new Promise((resolve) => setTimeout(resolve, 500))
    for (const made of [script, button, picture, frame, own, foreign]) made.remove()
    return { violated: [...new Set(violated)].sort(), wasRun: window_.wasRun === true, sent, mayRead }
  })
  expect(found.wasRun).toBe(false)
  expect(found.sent).toBe(false)
  expect(found.mayRead).toBe(true)
  expect(asked).toEqual([])
  for (const directive of ['connect-src', 'frame-src', 'img-src', 'script-src-attr', 'script-src-elem'])
    expect(found.violated).toContain(directive)
})

test('cookies stay out of scripts, answers out of caches, and types are not guessed', async ({ phoneOf }) => {
  const phone = await phoneOf()
  await phone.signIn('wang')
  const { page } = phone
  const cookies = await phone.context.cookies()
  expect(cookies.length).toBeGreaterThan(0)
  for (const cookie of cookies) {
    expect(cookie.httpOnly, cookie.name).toBe(true)
    expect(cookie.sameSite, cookie.name).toBe('Lax')
  }
  expect(await page.evaluate(() => document.cookie)).toBe('')
  for (const path of ['/', '/api/identity/me', '/api/nothing-of-that-name']) {
    const answer = await page.request.get(path)
    const headers = answer.headers()
    expect(headers['x-content-type-options'], path).toBe('nosniff')
    expect(headers['content-security-policy'], path).toContain("default-src 'none'")
    expect(headers['content-security-policy'], path).toContain("frame-ancestors 'none'")
    expect(headers['content-security-policy'], path).toContain("; script-src 'self' 'wasm-unsafe-eval'; ")
    expect(headers['referrer-policy'], path).toBe('same-origin')
    if (path.startsWith('/api/')) expect(headers['cache-control'], path).toContain('no-store')
  }
  // What is served as JSON is no script, wherever it is put.
  const wasRun = await page.evaluate(
    () =>
      new Promise<boolean>((resolve) => {
        const script = document.createElement('script')
        script.onload = () => resolve(true)
        script.onerror = () => resolve(false)
        script.src = '/api/identity/me'
        document.body.append(script)
      }),
  )
  expect(wasRun).toBe(false)
})
