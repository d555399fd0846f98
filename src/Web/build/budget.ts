import { gzipSync } from 'node:zlib'
import type { Plugin } from 'vite'

/** All that a page of somebody else loads for us before the first use, gzipped, in bytes. */
export const WIDGET_BUDGET = 60_000

/** What is sent, as the gateway sends it. */
export function packed(code: string): Buffer {
  return gzipSync(code, { level: 9 })
}

/** Why a build is not to be had; null when it is. */
export function faultOf(
  files: readonly string[],
  name: string,
  bytes: number,
  budget: number,
): string | null {
  const others = files.filter((file) => file !== name)
  if (others.length > 0) return `Everything belongs into ${name}, but there is also ${others.join(', ')}.`
  return bytes > budget ? `${name} has ${bytes} bytes gzipped, of ${budget} at most.` : null
}

/** Fails a build whose one file is too big, or not the only one; and puts it there gzipped as well. */
export function withinBudget(name: string): Plugin {
  return {
    name: 'within-budget',
    generateBundle(_, bundle) {
      const chunk = bundle[name]
      if (chunk?.type !== 'chunk') return this.error(`${name} was not built.`)
      const source = packed(chunk.code)
      const fault = faultOf(Object.keys(bundle), name, source.length, WIDGET_BUDGET)
      if (fault) return this.error(fault)
      this.info(`${name}: ${source.length} bytes gzipped, of ${WIDGET_BUDGET} at most`)
      this.emitFile({ type: 'asset', fileName: `${name}.gz`, source })
    },
  }
}
