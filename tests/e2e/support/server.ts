// A server of a test's own: a fresh data folder with the demonstration's company and, where the shared data lies beside the repository,
// its real shops; a free port; stopped at the end. The folder is filled once and copied for each server.

import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { DatabaseSync, type SQLInputValue } from 'node:sqlite'

export const ROOT = join(__dirname, '..', '..', '..')
const ROUNDSMAN = join(ROOT, '.venv', 'bin', 'roundsman')
const SHARED = process.env.ROUNDSMAN_SHARED ?? join(ROOT, '..', 'shared')
const SHOPS = join(SHARED, 'data', 'geo', 'shops-cn-east.csv')
/** Set by the Playwright configuration; thrown away by its teardown. */
const MADE = `${process.env.ROUNDSMAN_E2E_DATA}-made`

function environment(data: string, more: Record<string, string> = {}): NodeJS.ProcessEnv {
  const { ROUNDSMAN_DATABASE_URL: _url, ROUNDSMAN_COMPANIES: _companies, ...rest } = process.env
  return { ...rest, ROUNDSMAN_DATA: data, ROUNDSMAN_LOG: 'warning', ...more }
}

function run(data: string, args: string[], more: Record<string, string> = {}): string {
  return execFileSync(ROUNDSMAN, args, { env: environment(data, more), cwd: ROOT, encoding: 'utf8' })
}

/** Why the real shops are not among the customers; empty when they are. */
export function whyNoShops(): string {
  if (!existsSync(SHOPS)) return 'the shared shops are not beside the repository'
  return ''
}

/** The data folder every server starts from; made aside and put in place whole, since another worker may make it as well. */
function template(): string {
  if (existsSync(MADE)) return MADE
  const own = mkdtempSync(join(tmpdir(), 'roundsman-e2e-making-'))
  run(own, ['migrate'])
  run(own, ['demo', '--without-history'])
  // As the company's own customers, in 王磊's territory.
  if (!whyNoShops()) run(own, ['import', 'customers', SHOPS, '--territory', '浦东', '--owner', '王磊'])
  try {
    renameSync(own, MADE)
  } catch (error) {
    if (!existsSync(MADE)) throw error
    rmSync(own, { recursive: true, force: true })
  }
  return MADE
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

export class Server {
  readonly port: number
  readonly data: string
  /** The folder of the built app that is served; empty for the repository's own. */
  app: string
  /** The address of its database; empty for a SQLite file in its data folder. */
  private readonly database: string
  private process: ChildProcess | null = null
  private said = ''

  private constructor(port: number, data: string, app: string, database = '') {
    this.port = port
    this.data = data
    this.app = app
    this.database = database
  }

  private get more(): Record<string, string> {
    return {
      ROUNDSMAN_PORT: String(this.port),
      ...(this.app ? { ROUNDSMAN_APP: this.app } : {}),
      ...(this.database ? { ROUNDSMAN_DATABASE_URL: this.database } : {}),
    }
  }

  /** With the demonstration's company alone, in a database at this address. */
  static async startOn(database: string): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'roundsman-e2e-server-'))
    const server = new Server(await freePort(), folder, process.env.ROUNDSMAN_APP ?? '', database)
    run(folder, ['migrate'], server.more)
    run(folder, ['demo', '--without-history'], server.more)
    await server.up()
    return server
  }

  static async start(app = process.env.ROUNDSMAN_APP ?? ''): Promise<Server> {
    const folder = mkdtempSync(join(tmpdir(), 'roundsman-e2e-server-'))
    cpSync(template(), folder, { recursive: true })
    const server = new Server(await freePort(), folder, app)
    await server.up()
    return server
  }

  get url(): string {
    return `http://localhost:${this.port}`
  }

  /** Serves; resolves when it answers. */
  async up(): Promise<void> {
    const child = spawn(ROUNDSMAN, ['serve'], { cwd: ROOT, env: environment(this.data, this.more) })
    this.process = child
    const keep = (bytes: Buffer): void => {
      this.said += bytes.toString()
    }
    child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    for (let tries = 0; tries < 200; tries += 1) {
      if (child.exitCode !== null) break
      const answer = await fetch(`${this.url}/readyz`).catch(() => null)
      if (answer?.ok) return
      await new Promise((resolve) => setTimeout(resolve, 100))
    }
    throw new Error(`the server did not come up:\n${this.said}`)
  }

  /** The command of that name, on its company. */
  roundsman(...args: string[]): string {
    return run(this.data, args, this.more)
  }

  /** Dies in the middle of whatever it does. */
  async kill(): Promise<void> {
    const child = this.process
    this.process = null
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGKILL')
    await gone
  }

  /** Stops serving, as a deployment would; the data stays. */
  async down(): Promise<void> {
    const child = this.process
    this.process = null
    if (!child || child.exitCode !== null) return
    const gone = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const late = setTimeout(() => child.kill('SIGKILL'), 10_000)
    await gone
    clearTimeout(late)
  }

  async end(): Promise<void> {
    await this.down()
    rmSync(this.data, { recursive: true, force: true })
  }

  /** From here on serves a copy of the built app that can be made into another version. */
  async serveCopyOfApp(folder: string): Promise<void> {
    cpSync(this.app || join(ROOT, 'pwa', 'dist'), folder, { recursive: true })
    this.app = folder
    await this.down()
    await this.up()
  }

  /** Deploys a build that differs in its page only: `data-version` on the root. The copied app is being served. */
  async serveNextVersion(name: string): Promise<void> {
    const page = join(this.app, 'index.html')
    const html = readFileSync(page, 'utf8').replace(/<html/, `<html data-version="${name}"`)
    writeFileSync(page, html)
    const worker = join(this.app, 'worker.js')
    const listed =
      /("?url"?:\s*"index\.html",\s*"?revision"?:\s*"|"?revision"?:\s*"(?=[^"]*",\s*"?url"?:\s*"index\.html"))([^"]*)/
    const before = readFileSync(worker, 'utf8')
    const after = before.replace(listed, (_all, head: string) => `${head}${name}`)
    if (after === before) throw new Error('the worker does not list index.html as expected')
    writeFileSync(worker, after)
    // What was compressed ahead is of the version before.
    for (const file of readdirSync(this.app)) {
      if (/^(index\.html|worker\.js)\.(br|gz)$/.test(file)) rmSync(join(this.app, file))
    }
    await this.down()
    await this.up()
  }

  /** What it printed so far: warnings and errors. */
  get log(): string {
    return this.said
  }

  /** What its database holds now, for counting exactly. */
  rows<T = Record<string, unknown>>(sql: string, ...values: SQLInputValue[]): T[] {
    const database = new DatabaseSync(join(this.data, 'roundsman.db'), { readOnly: true })
    try {
      return database.prepare(sql).all(...values) as T[]
    } finally {
      database.close()
    }
  }

  /** Changes its database behind its back: what a test can't have happen in time. */
  change(sql: string): void {
    const database = new DatabaseSync(join(this.data, 'roundsman.db'), { timeout: 10_000 })
    try {
      database.exec(sql)
    } finally {
      database.close()
    }
  }

  count(sql: string, ...values: SQLInputValue[]): number {
    const [row] = this.rows<Record<string, number>>(sql, ...values)
    return Number(Object.values(row ?? { n: 0 })[0])
  }
}

/** The number of shops in the shared sheet, without its head. */
export function shopsInSheet(): number {
  return readFileSync(SHOPS, 'utf8').trim().split('\n').length - 1
}
