// Throws the end-to-end server's data away.

import { rmSync } from 'node:fs'

export default function teardown(): void {
  const folder = process.env.ROUNDSMAN_E2E_DATA
  if (folder?.includes('roundsman-e2e-')) rmSync(folder, { recursive: true, force: true })
}
