// A PostgreSQL server for the tests that want one, with a new database for each who asks.

import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { createInterface } from 'node:readline'

const ROOT = join(__dirname, '..', '..', '..')

export class Postgres {
  private readonly child = spawn(join(ROOT, '.venv', 'bin', 'python'), ['-m', 'tests.e2e.support.postgres'], {
    cwd: ROOT,
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  private readonly lines = createInterface({ input: this.child.stdout })[Symbol.asyncIterator]()

  /** The address of a new, empty database. */
  async database(): Promise<string> {
    this.child.stdin.write('\n')
    const { value, done } = await this.lines.next()
    if (done) throw new Error('PostgreSQL did not start')
    return value
  }

  /** Stops the server and throws its databases away. */
  async end(): Promise<void> {
    const gone = new Promise((resolve) => this.child.once('exit', resolve))
    this.child.stdin.end()
    await gone
  }
}
