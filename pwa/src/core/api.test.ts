// What a desk sends with a command, and what its page reads when the server is of another release.

import { afterEach, expect, test, vi } from 'vitest'
import { COMMAND_VERSIONS } from '../wire/commands'
import { send } from './api'
import { sayError } from './refusals'

afterEach(() => vi.unstubAllGlobals())

function json(status: number, body: unknown): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'content-type': 'application/json' } })
}

test('a command goes under its key and in the version this build writes', async () => {
  const asked: [string, RequestInit][] = []
  vi.stubGlobal('fetch', async (path: string, init: RequestInit) => {
    asked.push([path, init])
    return json(200, { uuid: 'k', status: 'applied', seq: 1, result: null })
  })
  await send('customers.archive', { customer_id: 'c', is_active: false }, 'a key of his')
  expect(asked.map(([path]) => path)).toEqual(['/api/commands/customers.archive'])
  const headers = new Headers(asked[0]?.[1].headers)
  expect(headers.get('idempotency-key')).toBe('a key of his')
  expect(headers.get('command-version')).toBe(String(COMMAND_VERSIONS['customers.archive']))
})

test('a version the server does not know is said as what it is: reload', async () => {
  vi.stubGlobal('fetch', async () => json(422, { code: 'invalid_version', details: { version: 2, known: 1 } }))
  const said = await send('customers.archive', { customer_id: 'c', is_active: false }).catch(sayError)
  expect(said).toBe('页面与服务器的版本不一致，请刷新后再试')
})
