// What a domain folder hands to the app, and nothing about any one of them. The list of domains is in ../domains.ts; app.ts gathers
// their routes, sync/ gathers their stores and effects.

import type { App, Component } from 'vue'
import type { RouteLocationRaw, RouteRecordRaw } from 'vue-router'

/** A row as it stands in the feed: snake_case fields, always an id. */
export interface Row {
  id: string
  // biome-ignore lint/suspicious/noExplicitAny: a row's fields are typed by its domain's generated wire type, not here
  [field: string]: any
}

/** What a mark says about one thing: on this phone, sending, received, needs you. */
export type MarkState = 'local' | 'sending' | 'received' | 'attention'

/** Rows as a screen sees them: the server's, with what waits in the outbox on top. */
export interface View {
  get(table: string, id: string): Row | undefined
  all(table: string): Iterable<Row>
  where(table: string, field: string, value: unknown): Row[]
  state(table: string, id: string): MarkState | undefined
}

/** A view an effect writes to. */
export interface Draft extends View {
  put(table: string, row: Row): void
  patch(table: string, id: string, fields: Record<string, unknown>): void
  remove(table: string, id: string): void
}

export interface EffectMeta {
  uuid: string
  captured_at: number
  person_id: string
}

/** What a command does to the phone's own rows at once; applied again, in order, after every pull until it is decided. */
// biome-ignore lint/suspicious/noExplicitAny: each effect names the arguments of its own command
export type Effect = (draft: Draft, args: any, meta: EffectMeta) => void

/** One waiting or refused command in the person's words, as the outbox lists it. */
export interface Description {
  title: string
  note?: string
  /** What he typed, line by line, readable while it is nowhere but in a refused command. */
  typed?: string[]
  /** Where the person can put right what was refused. That page gets the uuid as the query `issue`, shows what was typed and sends
   * it again with fixIssue; without one it can only be sent as it is or given up. */
  to?: RouteLocationRaw
}

// biome-ignore lint/suspicious/noExplicitAny: each description names the arguments of its own command
export type Describe = (args: any, view: View) => Description

/** Given at once, or loaded when somebody signs in: what the sign-in screen does without is not in its way. */
export type Loaded<T> = T | (() => Promise<T>)

/** How the phone keeps one table: row by row, or many rows packed into one record when it is large and only read. */
export interface Store {
  is_packed?: boolean
}

/** One entry of the phone's tabs, of the desk's side menu, or of both. */
export interface Entry {
  /** The name of the route it opens. */
  route: string
  /** Key of its label. */
  label: string
  icon: Component
  /** Hidden from whoever lacks it. */
  permission?: string
  /** Lower stands further left (tabs) or higher (menu). */
  order: number
  /** Set once and then left alone: stands in the menu below what is worked with. */
  is_setting?: boolean
}

/** A part of a page of a lower domain, which draws it without knowing what it is made of. */
export interface Section {
  /** The name of the route it belongs to; the page says which properties its sections get. */
  page: string
  part: () => Promise<Component>
  /** Left out for whoever lacks it. */
  permission?: string
  /** Lower stands higher. */
  order: number
}

export interface Domain {
  /** The folder's name; also the first part of its words and command names. */
  name: string
  routes?: RouteRecordRaw[]
  tabs?: Entry[]
  sections?: Section[]
  stores?: Record<string, Store>
  /** The route this person lands on when it is not his first tab; null leaves it at that. Must not wait for the network. */
  home?: () => Promise<string | null>
  effects?: Loaded<Record<string, Effect>>
  /** What each command is called in the outbox, by command name. */
  descriptions?: Loaded<Record<string, Describe>>
  /** Runs once before the app is shown, in the order of the domains: restore a session, provide a state. Must not wait for the network. */
  start?: (app: App) => void | Promise<void>
}

/** A domain's pages for a desk and the places in its menu, in its office/index.ts. All of them are fetched together and after the start:
 * they weigh nothing on the first screen of a phone. */
export interface Desk {
  routes: RouteRecordRaw[]
  menu: Entry[]
}

declare module 'vue-router' {
  interface RouteMeta {
    /** Key of the title in the header; a page may set a fuller one with usePageTitle(). */
    title?: string
    /** Who may open it; without it everyone signed in may. */
    permission?: string
    /** Open to people who are not signed in. */
    is_public?: boolean
    /** Drawn without header, tabs and menu (sign-in, a photo full-screen). */
    is_bare?: boolean
    /** Uses a desk's whole width: tables. Other pages stay as wide as is comfortable to read. */
    is_wide?: boolean
    /** Where the back button goes when there is nothing to go back to (a link opened cold). */
    parent?: string
  }
}
