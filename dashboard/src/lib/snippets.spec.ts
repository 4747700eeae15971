import { snippetFor, toolNames, type Tool } from './snippets.js';

const address = 'https://ai.example.com';
const tools = Object.keys(toolNames) as Tool[];
const whole = { kind: 'whole', key: 'gw-secret1234' } as const;

describe('snippetFor', () => {
  it.each(tools)('puts address, key and model into %s', (tool) => {
    const { text } = snippetFor(tool, { address, key: whole, model: 'gpt-4o' });
    expect(text).toContain(address);
    expect(text).toContain('gw-secret1234');
    expect(text).toContain('gpt-4o');
  });

  it.each(tools)('reads a key that is not known any more from a variable in %s, or asks for it', (tool) => {
    const { text, note } = snippetFor(tool, { address, key: { kind: 'masked' }, model: 'gpt-4o' });
    expect(`${text} ${note}`).toMatch(/AI_GATEWAY_KEY|your gw- key/);
  });

  it('sends no key for the demo model of an open gateway', () => {
    const { text, note } = snippetFor('curl', { address, key: { kind: 'own' }, model: 'demo' });
    expect(text).not.toContain('Authorization');
    expect(note).toBeNull();
    expect(snippetFor('node', { address, key: { kind: 'own' }, model: 'demo' }).text).toContain('apiKey: "none"');
  });

  it('gives Claude Code the address without /v1, which it adds itself', () => {
    expect(snippetFor('claude-code', { address, key: whole, model: 'claude-x' }).text).toBe(
      [
        'export ANTHROPIC_BASE_URL="https://ai.example.com"',
        'export ANTHROPIC_AUTH_TOKEN="gw-secret1234"',
        "export ANTHROPIC_MODEL='claude-x'",
        'claude',
      ].join('\n'),
    );
  });
});
