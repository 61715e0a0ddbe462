// Which built files a phone keeps for offline use: everything reachable from the start without passing through a desk page
// (…/office/…) or the kit page. The rest is fetched when someone at a desk opens it. What reads barcodes is heavy and nobody needs it to
// sign in: the service worker fetches it in a second stage (src/worker.ts), so its entries are marked.

import type { Plugin } from 'vite'
import type { ManifestTransform } from 'workbox-build'

const SECOND_STAGE = /\/(?:reader\.worker|zxing_reader)-[\w-]+\.(?:js|wasm)$/
const NOT_FOR_PHONES = /\/src\/(?:[^/]+\/)*(?:office\/|kit\/|KitPage)/

export function phoneFiles(): { plugin: Plugin; transform: ManifestTransform } {
  const left_out = new Set<string>()

  const plugin: Plugin = {
    name: 'phone-files',
    apply: 'build',
    generateBundle(_options, bundle) {
      const kept = new Set<string>()
      const visit = (file: string): void => {
        const chunk = bundle[file]
        if (kept.has(file) || chunk?.type !== 'chunk') return
        if (chunk.isDynamicEntry && NOT_FOR_PHONES.test(chunk.facadeModuleId ?? '')) return
        kept.add(file)
        for (const asset of [
          ...(chunk.viteMetadata?.importedCss ?? []),
          ...(chunk.viteMetadata?.importedAssets ?? []),
        ]) {
          kept.add(asset)
        }
        for (const next of [...chunk.imports, ...chunk.dynamicImports]) visit(next)
      }
      for (const chunk of Object.values(bundle)) if (chunk.type === 'chunk' && chunk.isEntry) visit(chunk.fileName)
      left_out.clear()
      for (const chunk of Object.values(bundle)) {
        if (chunk.type !== 'chunk' || kept.has(chunk.fileName)) continue
        left_out.add(chunk.fileName)
        for (const css of chunk.viteMetadata?.importedCss ?? []) if (!kept.has(css)) left_out.add(css)
      }
    },
  }

  const transform: ManifestTransform = (entries) => {
    const kept = entries.filter((entry) => !left_out.has(entry.url))
    const later = kept.filter((entry) => SECOND_STAGE.test(entry.url))
    // Under another name it would come down before anybody has signed in.
    if (later.length !== 2) throw new Error(`what reads barcodes is no longer called ${SECOND_STAGE}`)
    return {
      manifest: kept.map((entry) => (later.includes(entry) ? { ...entry, is_later: true } : entry)),
      warnings: [],
    }
  }

  return { plugin, transform }
}
