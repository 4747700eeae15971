import fc from 'fast-check';
import { WrongInputError } from './cli-errors.js';
import { parseCommand } from './parse-command.js';

const NOW = Date.parse('2026-11-24T12:00:00Z');

const parse = (line: string): unknown => parseCommand(line === '' ? [] : line.split(' '), NOW);

it.each([
  ['', { name: 'help' }],
  ['help', { name: 'help' }],
  ['keys create --help', { name: 'help' }],
  ['doctor', { name: 'doctor' }],
  ['keys list', { name: 'keys list', isJson: false }],
  ['keys list --json', { name: 'keys list', isJson: true }],
  ['keys disable key_1-a', { name: 'keys disable', id: 'key_1-a' }],
  ['keys create --name A', { name: 'keys create', key: { name: 'A' }, isJson: false }],
])('reads "%s"', (line, command) => expect(parse(line)).toEqual(command));

it('reads every option of a key', () => {
  const line =
    'keys create --name A --budget 5/day --models gpt-4o*,demo --rpm 120 --tpm 100000 --max-parallel 4 ' +
    '--expires 30d --owner ann@example.com --tags team=search,env=prod --json';
  expect(parse(line)).toEqual({
    name: 'keys create',
    isJson: true,
    key: {
      name: 'A',
      budgetUsd: 5,
      budgetPeriod: 'day',
      models: ['gpt-4o*', 'demo'],
      rpm: 120,
      tpm: 100_000,
      maxParallel: 4,
      expiresAt: '2026-12-24T12:00:00.000Z',
      owner: 'ann@example.com',
      tags: { team: 'search', env: 'prod' },
    },
  });
});

it.each([
  ['5', { budgetUsd: 5 }],
  ['0.50/week', { budgetUsd: 0.5, budgetPeriod: 'week' }],
  ['0/total', { budgetUsd: 0, budgetPeriod: 'total' }],
])('reads the budget %s', (budget, settings) => {
  expect(parse(`keys create --name A --budget ${budget}`)).toMatchObject({ key: settings });
});

it.each([
  'kyes list',
  'keys',
  'keys remove',
  'keys list extra',
  'keys list --yaml',
  'keys disable',
  'keys disable a b',
  'keys disable ../../x',
  'keys create',
  'keys create --name',
  'keys create --name A --budget much',
  'keys create --name A --budget 5/year',
  'keys create --name A --budget -5',
  'keys create --name A --rpm 0',
  'keys create --name A --rpm 1.5',
  'keys create --name A --models ,',
  'keys create --name A --expires tomorrow',
  'keys create --name A --expires 2027-13-45',
  'keys create --name A --expires 2027-01-31T12:00',
  'keys create --name A --tags team',
  'keys create --name A --colour blue',
  'doctor --quick',
])('refuses "%s" with one sentence', (line) => {
  const message = (() => {
    try {
      parse(line);
    } catch (error) {
      if (error instanceof WrongInputError) return error.message;
      throw error;
    }
    return '';
  })();
  expect(message).toMatch(/^[^\n]+\.$/);
});

it('never fails in another way, whatever is typed', () => {
  const word = fc.oneof(fc.string(), fc.constantFrom('keys', 'create', '--name', '--budget', '--', '-x', '--json=1'));
  fc.assert(
    fc.property(fc.array(word), (words) => {
      try {
        parseCommand(words, NOW);
      } catch (error) {
        expect(error).toBeInstanceOf(WrongInputError);
      }
    }),
  );
});
