import { isRecord, listOf, type JsonRecord, recordOf, textOf } from './read-json.js';

const MAX_DEPTH = 8;
const MAX_PROPERTIES = 64;

const PLACE = /\b(?:in|at|for|from|of|to)\s+((?:\p{Lu}[\p{L}'-]*)(?:\s+\p{Lu}[\p{L}'-]*)*)/u;

/**
 * An example that fits a JSON Schema, taken from the prompt where that is possible: the place after "in", the first
 * number, a value of an enum that the prompt names. References into `$defs` are followed.
 */
export function valueFromSchema(schema: unknown, prompt: string): unknown {
  return exampleOf(schema, '', { prompt, root: recordOf(schema) }, 0);
}

interface Source {
  readonly prompt: string;
  readonly root: JsonRecord;
}

function exampleOf(schema: unknown, name: string, source: Source, depth: number): unknown {
  if (!isRecord(schema) || depth > MAX_DEPTH) return textFor(name, source.prompt);
  if ('const' in schema) return schema['const'];
  const choices = listOf(schema['enum']);
  if (choices.length > 0) return mentionedOf(choices, source.prompt) ?? choices[0];
  if ('default' in schema) return schema['default'];
  const example = listOf(schema['examples'])[0];
  if (example !== undefined) return example;
  const alternative = referenced(schema, source.root) ?? firstAlternative(schema);
  if (alternative !== undefined) return exampleOf(alternative, name, source, depth + 1);
  return exampleOfType(schema, name, source, depth);
}

function exampleOfType(schema: JsonRecord, name: string, source: Source, depth: number): unknown {
  switch (typeOf(schema)) {
    case 'object':
      return objectOf(schema, source, depth);
    case 'array': {
      const count = Math.min(Math.max(numberField(schema, 'minItems') ?? 1, 1), 4);
      return Array.from({ length: count }, () => exampleOf(schema['items'], name, source, depth + 1));
    }
    case 'integer':
      return withinLimits(schema, Math.round(numberFrom(source.prompt)));
    case 'number':
      return withinLimits(schema, numberFrom(source.prompt));
    case 'boolean':
      return true;
    case 'null':
      return null;
    default:
      return textOfFormat(schema, name, source.prompt);
  }
}

function objectOf(schema: JsonRecord, source: Source, depth: number): JsonRecord {
  const properties = Object.entries(recordOf(schema['properties'])).slice(0, MAX_PROPERTIES);
  const required = new Set(listOf(schema['required']));
  const wanted = required.size > 0 ? properties.filter(([name]) => required.has(name)) : properties;
  return Object.fromEntries(wanted.map(([name, property]) => [name, exampleOf(property, name, source, depth + 1)]));
}

function typeOf(schema: JsonRecord): string {
  const type = schema['type'];
  if (typeof type === 'string') return type;
  const named = listOf(type).find((entry) => entry !== 'null');
  if (typeof named === 'string') return named;
  return 'properties' in schema ? 'object' : 'items' in schema ? 'array' : 'string';
}

function referenced(schema: JsonRecord, root: JsonRecord): unknown {
  const match = /^#\/(\$defs|definitions)\/([^/]+)$/.exec(textOf(schema['$ref']));
  if (match === null) return schema['$ref'] === '#' ? root : undefined;
  const [, section = '', name = ''] = match;
  return recordOf(root[section])[name];
}

function firstAlternative(schema: JsonRecord): unknown {
  const alternatives = [...listOf(schema['anyOf']), ...listOf(schema['oneOf']), ...listOf(schema['allOf'])];
  return alternatives.find((entry) => recordOf(entry)['type'] !== 'null');
}

function mentionedOf(choices: readonly unknown[], prompt: string): unknown {
  const said = prompt.toLowerCase();
  return choices.find((choice) => typeof choice === 'string' && choice !== '' && said.includes(choice.toLowerCase()));
}

function textOfFormat(schema: JsonRecord, name: string, prompt: string): string {
  switch (schema['format']) {
    case 'date':
      return '2026-01-31';
    case 'date-time':
      return '2026-01-31T12:00:00Z';
    case 'email':
      return 'someone@example.com';
    case 'uri':
    case 'url':
      return 'https://example.com/';
    case 'uuid':
      return '00000000-0000-4000-8000-000000000000';
    default:
      return textFor(name, prompt);
  }
}

function textFor(name: string, prompt: string): string {
  const wantsPlace = /city|location|place|country|town|where|destination|address/i.test(name);
  const quoted = /["“'`]([^"”'`]{1,200})["”'`]/.exec(prompt)?.[1];
  const place = PLACE.exec(prompt)?.[1];
  if (wantsPlace) return place ?? quoted ?? 'Paris';
  if (/name/i.test(name)) return quoted ?? place ?? 'Ada';
  return quoted ?? (prompt.trim().slice(0, 200) || 'demo');
}

function numberFrom(prompt: string): number {
  const found = /-?\d+(?:\.\d+)?/.exec(prompt)?.[0];
  return found === undefined ? 1 : Number(found.slice(0, 15));
}

function withinLimits(schema: JsonRecord, value: number): number {
  const least = numberField(schema, 'minimum') ?? -Infinity;
  const most = numberField(schema, 'maximum') ?? Infinity;
  return Math.max(least, Math.min(most, value));
}

function numberField(schema: JsonRecord, name: string): number | undefined {
  const value = schema[name];
  return typeof value === 'number' ? value : undefined;
}
