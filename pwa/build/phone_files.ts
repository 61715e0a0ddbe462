// Which built files a phone keeps for offline use: everything reachable from the start without passing through a desk page
// (…/office/…) or the kit page. The rest is fetched when someone at a desk opens it.

import type { Plugin } from 'vite'
import type { ManifestTransform } from 'workbox-build'

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

  const transform: ManifestTransform = (entries) => ({
    manifest: entries.filter((entry) => !left_out.has(entry.url)),
    warnings: [],
  })

  return { plugin, transform }
}
