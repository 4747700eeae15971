import bash from 'highlight.js/lib/languages/bash';
import css from 'highlight.js/lib/languages/css';
import diff from 'highlight.js/lib/languages/diff';
import javascript from 'highlight.js/lib/languages/javascript';
import json from 'highlight.js/lib/languages/json';
import python from 'highlight.js/lib/languages/python';
import sql from 'highlight.js/lib/languages/sql';
import typescript from 'highlight.js/lib/languages/typescript';
import xml from 'highlight.js/lib/languages/xml';
import yaml from 'highlight.js/lib/languages/yaml';
import { createLowlight } from 'lowlight';
import type { ReactNode } from 'react';
import { markInvisible } from './invisible-characters.js';

const lowlight = createLowlight({ bash, css, diff, javascript, json, python, sql, typescript, xml, yaml });
lowlight.registerAlias({
  bash: ['sh', 'shell', 'zsh', 'console'],
  yaml: ['yml'],
  xml: ['html', 'svg'],
  typescript: ['ts', 'tsx'],
  javascript: ['js', 'jsx', 'mjs'],
  python: ['py'],
});

/** Longer code stays plain: a grammar could hold the page for seconds. */
const MAX_CHARACTERS = 60_000;

type Tree = ReturnType<typeof lowlight.highlight>;
type TreeNode = Tree['children'][number];

/** The code in colours, or `null` for a language that is not known. One block at a time, with a pause between. */
export async function highlight(language: string, code: string, signal: AbortSignal): Promise<ReactNode> {
  if (!lowlight.registered(language) || code.length > MAX_CHARACTERS) return null;
  await pauseBetween();
  if (signal.aborted) return null;
  return lowlight.highlight(language, code).children.map(toElement);
}

let queue: Promise<void> = Promise.resolve();

/** Lets the page draw and listen before each block. */
function pauseBetween(): Promise<void> {
  queue = queue.then(() => new Promise((resolve) => setTimeout(resolve, 0)));
  return queue;
}

function toElement(node: TreeNode, index: number): ReactNode {
  if (node.type === 'text') return markInvisible(node.value);
  if (node.type !== 'element') return null;
  const classes = node.properties['className'];
  const className = Array.isArray(classes) ? classes.join(' ') : undefined;
  return (
    <span key={index} className={className}>
      {node.children.map((child, at) => toElement(child, at))}
    </span>
  );
}
