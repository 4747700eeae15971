import { gzipSync } from 'node:zlib';
import type { Plugin, Rolldown } from 'vite';

/** What a first visit of the chat may weigh, in bytes of gzip; the Markdown code comes beside the page. */
const BUDGET_BYTES = 230_000;
const FIRST_PAGES = /features\/chat\/chat-page|components\/prose\/markdown-block/;

/** Stops the build when the first load has grown over its budget, and names the heaviest files. */
export function firstLoadBudget(): Plugin {
  return {
    name: 'first-load-budget',
    apply: 'build',
    generateBundle(_options, bundle) {
      const chunks = new Map(
        Object.values(bundle).flatMap((file) => (file.type === 'chunk' ? [[file.fileName, file]] : [])),
      );
      const needed = new Set<string>();
      for (const chunk of chunks.values()) {
        if (chunk.isEntry || FIRST_PAGES.test(chunk.facadeModuleId ?? '')) collect(chunk.fileName, chunks, needed);
      }
      const sizes = [...needed]
        .map((fileName) => ({ fileName, bytes: gzipSync(chunks.get(fileName)?.code ?? '').length }))
        .sort((a, b) => b.bytes - a.bytes);
      const total = sizes.reduce((sum, { bytes }) => sum + bytes, 0);
      if (total <= BUDGET_BYTES) return;
      const heaviest = sizes.slice(0, 8).map(({ fileName, bytes }) => `  ${fileName} ${bytes}`);
      this.error(`The first load is ${total} bytes of gzip, the budget is ${BUDGET_BYTES}:\n${heaviest.join('\n')}`);
    },
  };
}

function collect(fileName: string, chunks: ReadonlyMap<string, Rolldown.OutputChunk>, into: Set<string>): void {
  if (into.has(fileName)) return;
  into.add(fileName);
  for (const imported of chunks.get(fileName)?.imports ?? []) collect(imported, chunks, into);
}
