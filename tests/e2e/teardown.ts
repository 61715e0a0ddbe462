// Throws the end-to-end servers' data away.

import { rmSync } from 'node:fs'

export default function teardown(): void {
  const folder = process.env.ROUNDSMAN_E2E_DATA
  if (!folder?.includes('roundsman-e2e-')) return
  for (const one of [folder, `${folder}-made`]) rmSync(one, { recursive: true, force: true })
}
