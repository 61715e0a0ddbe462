import { expect, test } from 'vitest'
import type { Draft, Row } from '../core/domain'
import { effects } from './commands'
import { linkOf, newToken, tokenHash } from './invitation_link'

/** Rows by table and id, as an effect sees them. */
function draftOf(tables: Record<string, Row[]>): Draft {
  const rows = new Map(Object.entries(tables).map(([name, list]) => [name, new Map(list.map((row) => [row.id, row]))]))
  const of = (table: string) => rows.get(table) ?? rows.set(table, new Map()).get(table) ?? new Map<string, Row>()
  return {
    get: (table, id) => of(table).get(id),
    all: (table) => of(table).values(),
    where: (table, field, value) => [...of(table).values()].filter((row) => row[field] === value),
    state: () => undefined,
    put: (table, row) => void of(table).set(row.id, row),
    patch: (table, id, fields) => void of(table).set(id, { ...(of(table).get(id) as Row), ...fields }),
    remove: (table, id) => void of(table).delete(id),
  }
}

const ME = { uuid: 'u', captured_at: 5, person_id: 'me' }

test('a token is 256 bits that fit into an address, and only its digest is told', async () => {
  const tokens = new Set(Array.from({ length: 50 }, newToken))
  expect(tokens.size).toBe(50)
  for (const token of tokens) expect(token).toMatch(/^[A-Za-z0-9_-]{43}$/)
  expect(linkOf('abc', 'https://a.cn')).toBe('https://a.cn/join/abc')
  // The server's test of rules.token_hash knows the same pair.
  expect(await tokenHash('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad')
})

test('a level asked for stands there at once, a profile is one’s own', () => {
  const draft = draftOf({
    agents: [
      { id: 'a', person_id: 'me', profile: {} },
      { id: 'b', person_id: 'other', profile: {} },
    ],
  })
  effects['agents.ask_upgrade']?.(draft, { request_id: 'r', price_level_id: 'gold', reason: ' 销量 ' }, ME)
  expect(draft.get('upgrade_requests', 'r')).toMatchObject({
    agent_id: 'a',
    reason: '销量',
    state: 'asked',
    asked_at: 5,
  })
  effects['agents.set_profile']?.(draft, { profile: { sender: '赵记' } }, ME)
  expect(draft.get('agents', 'a')?.profile).toEqual({ sender: '赵记' })
  expect(draft.get('agents', 'b')?.profile).toEqual({})
})

test('without an agent’s own row on this phone nothing is shown', () => {
  const draft = draftOf({})
  effects['agents.ask_upgrade']?.(draft, { request_id: 'r', price_level_id: 'gold' }, ME)
  effects['agents.set_profile']?.(draft, { profile: {} }, ME)
  expect([...draft.all('upgrade_requests'), ...draft.all('agents')]).toEqual([])
})
