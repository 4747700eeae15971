import 'reflect-metadata';
import { readEnvironment } from '../config/dot-env.js';
import { runCommand } from './run-command.js';

process.exitCode = await runCommand(process.argv.slice(2), () => readEnvironment(), {
  print: (line) => console.log(line),
  complain: (line) => console.error(line),
});
