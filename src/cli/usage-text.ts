export const USAGE = `Usage: npm run gateway -- <command>

  keys create --name <name>    make a key and show it, this once
       --budget 5/day          USD per day, week, month or total; month when only the amount is given
       --models gpt-4o*,demo   models or globs that it may use; every model when absent
       --rpm 120               requests per minute
       --tpm 100000            tokens per minute
       --max-parallel 4        calls at the same time
       --expires 2027-01-31    when it ends: a day, a time with its zone, or a span like 30d or 12h
       --owner ann@example.com whoever it is for
       --tags team=search      tags of every call with it, comma separated
       --json                  print JSON
  keys list [--json]           every key, masked, with budget and spending
  keys disable <id>            calls with the key are refused from now on
  doctor                       check configuration, storage, upstreams, prices and secrets
  help                         this text

Keys are made by the running gateway: at GATEWAY_URL, else where HOST and PORT say, as administrator by
AI_GATEWAY_ADMIN_KEY or from this very machine. When none runs there, they are made in the file of DATABASE_PATH.
Exit code: 0 done, 1 not done or something must be mended, 2 wrong input.`;
